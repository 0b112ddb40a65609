package io.marketbrain.api.http;

import io.marketbrain.model.Ticker;
import java.time.Duration;

/** Looks at all connections four times a second and ends those that outstay the phase they are in. */
final class Watchdog implements Runnable {
    private static final Duration PERIOD = Duration.ofMillis(250);
    /** Work that is done sooner is done before anybody could know that the client is gone. */
    private static final Duration LONG_WORK = Duration.ofMillis(100);

    private final HttpServer server;
    private final HttpLimits limits;
    private final Ticker ticker;

    Watchdog(HttpServer server, Ticker ticker) {
        this.server = server;
        this.limits = server.limits();
        this.ticker = ticker;
    }

    @Override
    public void run() {
        try {
            while (!server.stopped()) {
                Thread.sleep(PERIOD);
                server.connections().forEach(this::check);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void check(Connection connection) {
        // In this order: a phase that ends in between makes the age too small, never too large.
        Connection.Phase phase = connection.phase();
        long age = ticker.nanos() - connection.since();
        switch (phase) {
            case WORK, STREAM -> { // the handler, or who produces the stream, keeps its own deadline
                if (age >= LONG_WORK.toNanos()) {
                    connection.watchPresence();
                }
            }
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
