package io.marketbrain.acceptance;

import io.marketbrain.provider.PlaybackServer;
import io.marketbrain.provider.WebSocketAnswer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * Binance's feed of trades, on a real WebSocket: one market, whose trades have numbers without holes and go to every connection from
 * the moment at which it subscribed.
 */
final class TradeFeed implements AutoCloseable {
    final PlaybackServer server = PlaybackServer.start();
    final AtomicInteger connections = new AtomicInteger();
    final AtomicInteger open = new AtomicInteger();
    private final AtomicLong last = new AtomicLong();
    private final long pauseMillis;

    /** @param pauseMillis the time between two trades */
    TradeFeed(long pauseMillis) {
        this.pauseMillis = pauseMillis;
        server.on("/stream", new WebSocketAnswer(this::serve));
        Thread.ofVirtual().start(this::trade);
    }

    private void trade() {
        try {
            while (true) {
                TimeUnit.MILLISECONDS.sleep(pauseMillis);
                last.incrementAndGet();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve(WebSocketAnswer.Peer peer) throws IOException, InterruptedException {
        connections.incrementAndGet();
        open.incrementAndGet();
        try {
            peer.receive();
            for (long next = last.get() + 1; true; next++) {
                while (last.get() < next) {
                    TimeUnit.MILLISECONDS.sleep(2);
                }
                peer.send(trade(next));
            }
        } finally {
            open.decrementAndGet();
        }
    }

    /**
     * A gateway whose trades are these, and which shares them through Redis.
     *
     * @param redis the address of Redis
     * @param lease how long the feed stays with a gateway that says nothing; long where a busy machine must not move the feed
     */
    TestGateway gateway(Path folder, String redis, String lease, String... more) {
        List<String> settings = new ArrayList<>(List.of(
                "STREAMS_RELAY_LEASE",
                lease,
                "BINANCE_MODE",
                "live",
                "BINANCE_BASE_URL",
                server.url().toString(),
                "REDIS_URL",
                redis,
                "STREAMS_RELAY_OWN_FEED_WAIT",
                "200ms",
                "REDIS_PROBE_MAX",
                "1s"));
        settings.addAll(List.of(more));
        return TestGateway.with(folder, settings.toArray(String[]::new));
    }

    /** Waits for a condition for up to 40 s. */
    static void until(BooleanSupplier condition, String what) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(40).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("never: " + what);
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    static String trade(long id) {
        long time = 1_783_465_157_897L + id;
        return "{\"stream\":\"btcusdt@trade\",\"data\":{\"e\":\"trade\",\"E\":" + time + ",\"s\":\"BTCUSDT\",\"t\":"
                + id + ",\"p\":\"63551.02000000\",\"q\":\"0.00317000\",\"T\":" + time + ",\"m\":true,\"M\":true}}";
    }

    @Override
    public void close() {
        server.close();
    }
}
