package io.marketbrain.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.acceptance.SseClient.Event;
import io.marketbrain.pipeline.cache.StallMonitor;
import io.marketbrain.pipeline.cache.redis.RedisServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two gateway processes that share a provider's feed, of which the one that holds it is frozen and killed. */
@Timeout(300)
class SharedFeedProcessTest {
    @TempDir
    Path folder;

    private Map<String, String> settings(TradeFeed feed, RedisServer redis) {
        return Map.of(
                "BINANCE_MODE", "live", "BINANCE_BASE_URL", feed.server.url().toString(), "REDIS_URL", redis.url());
    }

    /** A gateway and a client of it. */
    private record Listened(GatewayProcess gateway, TradeListener listener) {}

    /** The holder is frozen once, or {@code -Drelay.rounds} times, which also writes how long that took. */
    @Test
    void a_frozen_and_a_killed_holder_are_replaced_and_what_is_missing_is_announced() throws Exception {
        int rounds = Integer.getInteger("relay.rounds", 1);
        List<Duration> times = new ArrayList<>();
        try (var redis = RedisServer.started();
                var feed = new TradeFeed(10);
                var first = GatewayProcess.start(folder, settings(feed, redis));
                var second = GatewayProcess.start(folder, settings(feed, redis));
                var ofFirst = new TradeListener(first.port())) {
            ofFirst.awaitTransport(0, "websocket", 30_000);
            ofFirst.awaitTrades(0, 30_000);
            TradeFeed.until(() -> !redis.keys("mib:feed:*:lease").isEmpty(), "the first gateway holds the feed");
            try (var ofSecond = new TradeListener(second.port())) {
                ofSecond.awaitTransport(0, "relay", 30_000);
                ofSecond.awaitTrades(0, 30_000);
                assertThat(feed.connections).hasValue(1);
                var holder = new Listened(first, ofFirst);
                var other = new Listened(second, ofSecond);
                for (int round = 0; round < rounds; round++) {
                    times.add(freeze(holder, other));
                    Listened frozen = holder;
                    holder = other;
                    other = frozen;
                }
                int before = other.listener.count();
                holder.gateway.close();
                times.add(awaitTakeover(other.listener, before));
                assertThat(feed.connections).hasValue(rounds + 2);
                assertThat(List.of(ofFirst.unannounced(), ofSecond.unannounced()))
                        .containsOnly(List.of());
            }
        }
        if (rounds > 1) {
            write(times);
        }
    }

    /** Freezes the holder until the other gateway has the feed, and lets it continue as one that relays. */
    private static Duration freeze(Listened holder, Listened other) throws Exception {
        int before = other.listener.count();
        holder.gateway.pause();
        Duration time = awaitTakeover(other.listener, before);
        int resumed = holder.listener.count();
        int undisturbed = other.listener.count();
        holder.gateway.resume();
        holder.listener.awaitTransport(resumed, "relay", 30_000);
        holder.listener.awaitTrades(holder.listener.count(), 30_000);
        assertThat(other.listener.since(undisturbed)).extracting(Event::name).containsOnly("trade");
        return time;
    }

    /** Waits until the feed has moved, which takes at most 3 s, with a gap. */
    private static Duration awaitTakeover(TradeListener listener, int count) throws InterruptedException {
        try (var stalls = new StallMonitor()) {
            long start = System.nanoTime();
            listener.awaitTransport(count, "websocket", 30_000);
            Duration time = Duration.ofNanos(System.nanoTime() - start);
            assertThat(time).isLessThanOrEqualTo(Duration.ofSeconds(3).plus(stalls.allowance()));
            listener.awaitTrades(listener.count(), 30_000);
            assertThat(listener.since(count)).extracting(Event::name).contains("gap");
            return time;
        }
    }

    private static void write(List<Duration> times) throws IOException {
        long[] millis = times.stream().mapToLong(Duration::toMillis).sorted().toArray();
        Files.writeString(
                Path.of("target", "relay-takeover.md"),
                "| feeds moved | least ms | median ms | most ms |\n|---|---|---|---|\n| " + millis.length + " | "
                        + millis[0] + " | " + millis[millis.length / 2] + " | " + millis[millis.length - 1] + " |\n");
    }
}
