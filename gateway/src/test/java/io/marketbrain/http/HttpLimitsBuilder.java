package io.marketbrain.http;

import java.time.Duration;

/** Limits that differ from the defaults in a few places. */
public final class HttpLimitsBuilder {
    public int maxRequests = HttpLimits.defaults().maxRequests();
    int maxConnections = HttpLimits.defaults().maxConnections();
    int maxStreams = HttpLimits.defaults().maxStreams();
    int maxTarget = HttpLimits.defaults().maxTarget();
    int maxHead = HttpLimits.defaults().maxHead();
    int maxHeaders = HttpLimits.defaults().maxHeaders();
    int maxBody = HttpLimits.defaults().maxBody();
    long maxHeld = HttpLimits.defaults().maxHeld();
    Duration keepAlive = HttpLimits.defaults().keepAlive();
    Duration headTimeout = HttpLimits.defaults().headTimeout();
    Duration bodyTimeout = HttpLimits.defaults().bodyTimeout();
    Duration writeTimeout = HttpLimits.defaults().writeTimeout();
    Duration linger = HttpLimits.defaults().linger();
    Duration stopGrace = HttpLimits.defaults().stopGrace();

    public HttpLimits build() {
        return new HttpLimits(
                maxRequests,
                maxConnections,
                maxStreams,
                maxTarget,
                maxHead,
                maxHeaders,
                maxBody,
                maxHeld,
                keepAlive,
                headTimeout,
                bodyTimeout,
                writeTimeout,
                linger,
                stopGrace);
    }
}
