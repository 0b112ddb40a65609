package io.marketbrain.pipeline.resilience;

import java.time.Duration;

/**
 * The adaptive time limit of an attempt, computed from the latency of successful ones: twice the smoothed latency plus
 * eight deviations, within the configured bounds, and doubled after every timeout until an attempt succeeds. The
 * estimator and the back-off are those of TCP's retransmission timer (RFC 6298, sections 2 and 5.5); the factor two is
 * for the longer tails of HTTP. Thread-safe.
 */
final class TimeoutPolicy {
    private final TimeoutConfig config;
    private long smoothed = -1;
    private long deviation;
    private int backoff;

    TimeoutPolicy(TimeoutConfig config) {
        this.config = config;
    }

    synchronized Duration limit() {
        long base = smoothed < 0 ? config.first().toNanos() : 2 * (smoothed + 4 * deviation);
        long bounded =
                Math.clamp(base, config.shortest().toNanos(), config.longest().toNanos());
        return Duration.ofNanos(Math.min(bounded << backoff, config.longest().toNanos()));
    }

    synchronized void onSuccess(Duration took) {
        long nanos = took.toNanos();
        if (smoothed < 0) {
            smoothed = nanos;
            deviation = nanos / 2;
        } else {
            deviation += (Math.abs(smoothed - nanos) - deviation) / 4;
            smoothed += (nanos - smoothed) / 8;
        }
        backoff = 0;
    }

    synchronized void onTimeout() {
        backoff = Math.min(backoff + 1, 8);
    }
}
