package io.marketbrain.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.acceptance.SseClient.Event;
import io.marketbrain.pipeline.cache.StallMonitor;
import io.marketbrain.pipeline.cache.redis.RedisServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two gateway processes that share a provider's feed, of which the one that holds it is frozen and killed. */
@Timeout(120)
class SharedFeedProcessTest {
    @TempDir
    Path folder;

    private Map<String, String> settings(TradeFeed feed, RedisServer redis) {
        return Map.of(
                "BINANCE_MODE", "live", "BINANCE_BASE_URL", feed.server.url().toString(), "REDIS_URL", redis.url());
    }

    @Test
    void a_frozen_and_a_killed_holder_are_replaced_and_what_is_missing_is_announced() throws Exception {
        try (var redis = RedisServer.started();
                var feed = new TradeFeed(10);
                var first = GatewayProcess.start(folder, settings(feed, redis));
                var second = GatewayProcess.start(folder, settings(feed, redis));
                var ofFirst = new TradeListener(first.port())) {
            ofFirst.awaitTransport(0, "websocket", 30_000);
            ofFirst.awaitTrades(0, 30_000);
            try (var ofSecond = new TradeListener(second.port())) {
                ofSecond.awaitTransport(0, "relay", 30_000);
                ofSecond.awaitTrades(0, 30_000);
                assertThat(feed.connections).hasValue(1);

                int beforeFreeze = ofSecond.count();
                first.pause();
                awaitTakeover(ofSecond, beforeFreeze);
                int taken = ofSecond.count();
                ofSecond.awaitTrades(taken, 30_000);
                assertThat(ofSecond.since(beforeFreeze)).extracting(Event::name).contains("gap");

                int beforeThaw = ofFirst.count();
                int undisturbed = ofSecond.count();
                first.resume();
                ofFirst.awaitTransport(beforeThaw, "relay", 30_000);
                ofFirst.awaitTrades(ofFirst.count(), 30_000);
                assertThat(ofSecond.since(undisturbed)).extracting(Event::name).containsOnly("trade");

                int beforeKill = ofFirst.count();
                second.close();
                awaitTakeover(ofFirst, beforeKill);
                ofFirst.awaitTrades(ofFirst.count(), 30_000);
                assertThat(ofFirst.since(beforeKill)).extracting(Event::name).contains("gap");
                assertThat(feed.connections).hasValue(3);
                assertThat(List.of(ofFirst.unannounced(), ofSecond.unannounced()))
                        .containsOnly(List.of());
            }
        }
    }

    /** The feed has moved within 3 s. */
    private static void awaitTakeover(TradeListener listener, int count) throws InterruptedException {
        try (var stalls = new StallMonitor()) {
            long start = System.nanoTime();
            listener.awaitTransport(count, "websocket", 30_000);
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isLessThanOrEqualTo(Duration.ofSeconds(3).plus(stalls.allowance()));
        }
    }
}
