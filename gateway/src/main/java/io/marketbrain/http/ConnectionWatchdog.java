package io.marketbrain.http;

import io.marketbrain.concurrent.BackgroundLoop;
import io.marketbrain.model.NanoClock;
import java.time.Duration;

/** Checks all connections four times a second and closes those whose phase exceeds its time limit. */
final class ConnectionWatchdog {
    private static final Duration PERIOD = Duration.ofMillis(250);
    /** Shorter work is not watched for a disconnect, because cancelling it would save nothing. */
    private static final Duration LONG_WORK = Duration.ofMillis(100);

    private final HttpServer server;
    private final HttpLimits limits;
    private final NanoClock nanoClock;

    ConnectionWatchdog(HttpServer server, NanoClock nanoClock) {
        this.server = server;
        this.limits = server.limits();
        this.nanoClock = nanoClock;
    }

    /** Checks all connections once; a round of a {@link BackgroundLoop}. */
    Duration checkAll() {
        if (server.stopped()) {
            return BackgroundLoop.END;
        }
        server.connections().forEach(this::check);
        return PERIOD;
    }

    private void check(Connection connection) {
        // Read in this order, so that a phase change in between makes the age too small, never too large.
        Connection.Phase phase = connection.phase();
        long age = nanoClock.nanos() - connection.since();
        switch (phase) {
            case WORK, STREAM -> { // the handler or the producer of the stream enforces its own deadline
                if (age >= LONG_WORK.toNanos()) {
                    connection.watchForDisconnect();
                }
            }
            case UPGRADED -> connection.streamed().checkProtocol();
            case HANDSHAKE -> {
                if (age >= server.handshakeTimeout().toNanos()) {
                    connection.cut();
                }
            }
            case IDLE -> {
                if (age >= limits.keepAlive().toNanos()) {
                    connection.cut();
                }
            }
            case HEAD -> {
                if (age >= limits.headTimeout().toNanos()) {
                    connection.endInput();
                }
            }
            case BODY -> {
                if (age >= limits.bodyTimeout().toNanos()) {
                    connection.endInput();
                }
            }
            case WRITE -> {
                if (age >= limits.writeTimeout().toNanos()) {
                    connection.cut();
                }
            }
            case LINGER -> {
                if (age >= limits.linger().toNanos()) {
                    connection.cut();
                }
            }
        }
    }
}
