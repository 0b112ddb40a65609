package io.marketbrain.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.acceptance.SseClient.Event;
import io.marketbrain.pipeline.cache.redis.RedisServer;
import io.marketbrain.provider.PlaybackServer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Gateways that share a provider's feed through one Redis. */
@Timeout(60)
class SharedFeedTest {
    @TempDir
    Path folder;

    private final RedisServer redis = RedisServer.started();
    private final TradeFeed feed = new TradeFeed(10);

    @AfterEach
    void stop() {
        feed.close();
        redis.close();
    }

    private TestGateway gateway(String name) {
        return gateway(name, "2s");
    }

    /** Waits until the only gateway with a client has the lease: on a busy machine, its own feed may be open before. */
    private void awaitHolder() throws InterruptedException {
        TradeFeed.until(() -> !redis.keys("mib:feed:*:lease").isEmpty(), "the gateway holds the feed");
    }

    /** Waits until the only gateway with a client has the trades of its own feed, and the lease. */
    private void awaitFeed(TradeListener holder) throws InterruptedException {
        holder.awaitTransport(0, "websocket", 20_000);
        holder.awaitTrades(0, 20_000);
        awaitHolder();
    }

    private TestGateway gateway(String name, String lease) {
        return feed.gateway(folder.resolve(name), redis.url(), lease, "STREAMS_LINGER", "0s");
    }

    @Test
    void one_gateway_connects_and_the_others_relay_every_trade_in_order() throws Exception {
        try (var first = gateway("a", "8s");
                var second = gateway("b", "8s");
                var holder = new TradeListener(first.port())) {
            awaitFeed(holder);
            try (var follower = new TradeListener(second.port())) {
                follower.awaitTransport(0, "relay", 20_000);
                follower.awaitTrades(0, 20_000);
                int before = follower.count();
                TradeFeed.until(() -> follower.count() > before + 50, "50 trades are relayed");
                assertThat(feed.connections).hasValue(1);
                assertThat(follower.since(0)).extracting(Event::name).doesNotContain("gap");
                assertThat(follower.unannounced()).isEmpty();
                assertThat(first.counter("stream", "relay", "holder")).isEqualTo(1);
                assertThat(second.counter("stream", "relay", "follower")).isEqualTo(1);
                assertThat(second.counter("stream", "relay", "relayed")).isGreaterThan(50);
                assertThat(second.counter("stream", "relay", "lost")).isZero();
            }
        }
    }

    @Test
    void a_gateway_that_stops_hands_its_feed_over_at_once() throws Exception {
        try (var second = gateway("b", "8s")) {
            TestGateway first = gateway("a", "8s");
            try (var holder = new TradeListener(first.port())) {
                awaitFeed(holder);
                try (var follower = new TradeListener(second.port())) {
                    follower.awaitTransport(0, "relay", 20_000);
                    int before = follower.count();
                    first.close();
                    follower.awaitTransport(before, "websocket", 20_000);
                    follower.awaitTrades(follower.count(), 20_000);
                    assertThat(follower.since(before)).extracting(Event::name).contains("gap");
                    assertThat(follower.unannounced()).isEmpty();
                    assertThat(feed.connections).hasValue(2);
                }
            }
        }
    }

    @Test
    void without_redis_each_gateway_has_its_own_feed_and_when_it_is_back_one_of_them_ends() throws Exception {
        try (var first = gateway("a");
                var second = gateway("b");
                var holder = new TradeListener(first.port())) {
            awaitFeed(holder);
            try (var follower = new TradeListener(second.port())) {
                follower.awaitTransport(0, "relay", 20_000);
                follower.awaitTrades(0, 20_000);
                int before = follower.count();
                int undisturbed = holder.count();
                redis.kill();
                follower.awaitTransport(before, "websocket", 20_000);
                assertThat(feed.connections).hasValue(2);
                int alone = follower.count();
                follower.awaitTrades(alone, 20_000);
                assertThat(holder.since(undisturbed)).extracting(Event::name).containsOnly("trade");
                redis.start();
                TradeFeed.until(() -> feed.open.get() == 1, "one connection is left");
                TradeFeed.until(
                        () -> first.counter("stream", "relay", "holder") + second.counter("stream", "relay", "holder")
                                == 1,
                        "one gateway holds the feed");
                int after = follower.count();
                int afterOfHolder = holder.count();
                follower.awaitTrades(after, 20_000);
                holder.awaitTrades(afterOfHolder, 20_000);
                assertThat(feed.connections).hasValue(2);
                assertThat(follower.unannounced()).isEmpty();
                assertThat(holder.unannounced()).isEmpty();
            }
        }
    }

    @Test
    void a_feed_that_its_holder_could_not_publish_for_a_while_is_shared_again() throws Exception {
        redis.send("ACL", "SETUSER", "holder", "on", ">secret", "~*", "&*", "+@all", "-xadd");
        String url = "redis://holder:secret@127.0.0.1:" + redis.port();
        try (var first = feed.gateway(folder.resolve("a"), url, "8s", "STREAMS_LINGER", "0s");
                var second = gateway("b", "8s");
                var holder = new TradeListener(first.port())) {
            awaitFeed(holder);
            try (var follower = new TradeListener(second.port())) {
                follower.awaitTransport(0, "websocket", 20_000);
                follower.awaitTrades(0, 20_000);
                assertThat(second.counter("stream", "relay", "follower")).isEqualTo(1);
                int alone = follower.count();
                redis.send("ACL", "SETUSER", "holder", "+xadd");
                follower.awaitTransport(alone, "relay", 20_000);
                follower.awaitTrades(follower.count(), 20_000);
                TradeFeed.until(() -> feed.open.get() == 1, "one connection serves both");
                assertThat(first.counter("stream", "relay", "holder")).isEqualTo(1);
                assertThat(follower.unannounced()).isEmpty();
                assertThat(holder.unannounced()).isEmpty();
            }
        }
    }

    @Test
    void what_a_feed_does_not_carry_is_polled_by_one_gateway() throws Exception {
        var calls = new AtomicInteger();
        feed.server.on(
                "/api/v3/depth",
                (asked, line) -> PlaybackServer.json("{\"lastUpdateId\":"
                                + calls.incrementAndGet() + ",\"bids\":[[\"63551.02\",\"" + calls.get()
                                + "\"]],\"asks\":[[\"63552.00\",\"1\"]]}")
                        .send(asked, line));
        String books = "/api/v1/stream?symbols=binance:BTCUSDT&kinds=book:1000";
        try (var first = gateway("a", "8s");
                var second = gateway("b", "8s");
                var holder = new SseClient(first.port(), books)) {
            holder.until(event -> event.name().equals("book"));
            awaitHolder();
            try (var follower = new SseClient(second.port(), books)) {
                List<Event> events = follower.until(event -> event.name().equals("book"));
                assertThat(events.getFirst().data().get("transport").asString()).isEqualTo("relay");
                assertThat(events).extracting(Event::name).contains("snapshot").doesNotContain("gap");
                assertThat(second.counter("stream", "relay", "follower")).isEqualTo(1);
            }
        }
    }

    @Test
    void a_redis_that_does_not_respond_does_not_keep_clients_from_their_data() throws Exception {
        try (var gateway = gateway("a")) {
            redis.freeze();
            try (var client = new TradeListener(gateway.port())) {
                client.awaitTrades(0, 20_000);
                assertThat(client.since(0).getFirst().data().get("transport").asString())
                        .isEqualTo("websocket");
                assertThat(gateway.counter("stream", "relay", "alone")).isEqualTo(1);
            }
            redis.thaw();
        }
    }
}
