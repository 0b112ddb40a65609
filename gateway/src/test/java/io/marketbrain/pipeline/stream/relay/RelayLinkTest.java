package io.marketbrain.pipeline.stream.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.marketbrain.pipeline.cache.redis.RedisServer;
import io.marketbrain.pipeline.cache.redis.TcpProxy;
import io.marketbrain.store.redis.RedisConfig;
import io.marketbrain.store.redis.RedisConnector;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.net.SocketFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The scripts on a real Redis. */
@Timeout(60)
class RelayLinkTest {
    private static final RelayConfig CONFIG =
            new RelayConfig(true, Duration.ofMillis(500), Duration.ofSeconds(1), 100, 1024 * 1024, 100);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static RedisServer redis;

    private final FeedShard shard = new FeedShard(RelayedMarket.BINANCE, "feed");
    private final List<RelayLink> links = new ArrayList<>();

    @BeforeAll
    static void start() {
        redis = RedisServer.started();
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    @AfterEach
    void forget() {
        links.forEach(RelayLink::abort);
        redis.send("FLUSHALL");
    }

    private RelayLink link(String gateway) {
        return link(gateway, redis.url(), TIMEOUT);
    }

    private RelayLink link(String gateway, String url, Duration timeout) {
        var connector = new RedisConnector(
                RedisConfig.defaults().withUrl(url), RelayLink.MAX_REPLY, SocketFactory.getDefault());
        var link = new RelayLink(connector, shard.keys("mib", 1), gateway, CONFIG, timeout, System::nanoTime);
        links.add(link);
        return link;
    }

    private static LeaseReply renew(RelayLink link, long token, String list, String... asked) {
        return link.renew(new LeaseRequest(token, 0, true, 1, Optional.of(list), List.of(asked)))
                .orElseThrow();
    }

    private static PublishQueue.Batch batch(long token, int messages) {
        return new PublishQueue.Batch(
                token,
                0,
                IntStream.range(0, messages)
                        .mapToObj(i -> ByteBuffer.allocate(100).putInt(i).array())
                        .toList());
    }

    @Test
    void one_gateway_holds_the_feed_and_learns_what_the_others_want() {
        RelayLink first = link("a");
        RelayLink second = link("b");
        LeaseReply held = renew(first, 0, "x");
        assertThat(held.held()).isTrue();
        LeaseReply followed = renew(second, 0, "y\nz", "y");
        assertThat(followed.held()).isFalse();
        assertThat(followed.token()).isEqualTo(held.token());
        assertThat(followed.wanted()).isEmpty();
        LeaseReply again = renew(first, held.token(), "x");
        assertThat(again.wanted()).hasValue(List.of("y", "z"));
        assertThat(again.asked()).containsExactly("y");
        assertThat(renew(first, held.token(), "x").asked()).isEmpty();
        second.leave();
        assertThat(renew(first, held.token(), "x").wanted()).hasValue(List.of());
    }

    @Test
    void a_gateway_that_did_not_get_the_reply_which_gave_it_the_lease_has_it_all_the_same() {
        RelayLink first = link("a");
        long token = renew(first, 0, "x").token();
        LeaseReply again = renew(first, 0, "x");
        assertThat(again.held()).isTrue();
        assertThat(again.token()).isEqualTo(token);
        assertThat(renew(first, token - 1, "x").held()).isTrue();
        assertThat(renew(link("b"), 0, "x").held()).isFalse();
    }

    @Test
    void a_gateway_that_leaves_the_feed_to_others_does_not_keep_its_lease() {
        RelayLink first = link("a");
        renew(first, 0, "x");
        var leaving = new LeaseRequest(0, 0, false, 1, Optional.of("x"), List.of());
        assertThat(first.renew(leaving).orElseThrow().held()).isFalse();
    }

    @Test
    void a_token_is_greater_than_all_before_even_if_redis_has_lost_its_data() {
        RelayLink first = link("a");
        long token = renew(first, 0, "x").token();
        first.leave();
        long next = renew(link("b"), 0, "x").token();
        assertThat(next).isGreaterThan(token);
        // Tokens of one millisecond are counted up from the time: a loss of data takes longer than that.
        while (System.currentTimeMillis() <= next) {
            Thread.onSpinWait();
        }
        redis.send("FLUSHALL");
        assertThat(renew(link("c"), 0, "x").token()).isGreaterThanOrEqualTo(next);
    }

    @Test
    void a_holder_that_was_away_can_no_longer_publish_and_one_that_nobody_replaced_continues() throws Exception {
        RelayLink first = link("a");
        long token = renew(first, 0, "x").token();
        assertThat(first.publish(batch(token, 1))).isTrue();
        TimeUnit.MILLISECONDS.sleep(CONFIG.lease().toMillis() + 200);
        assertThat(first.publish(batch(token, 1))).isFalse();
        assertThat(renew(first, token, "x").token()).isEqualTo(token);
        assertThat(first.publish(batch(token, 1))).isTrue();
        TimeUnit.MILLISECONDS.sleep(CONFIG.lease().toMillis() + 200);
        RelayLink second = link("b");
        LeaseReply taken = renew(second, 0, "x");
        assertThat(taken.held()).isTrue();
        assertThat(first.publish(batch(token, 1))).isFalse();
        assertThat(renew(first, token, "x").held()).isFalse();
        assertThat(second.publish(batch(taken.token(), 1))).isTrue();
    }

    @Test
    void what_a_gateway_wanted_is_forgotten_when_it_has_vanished() throws Exception {
        RelayLink first = link("a");
        long token = renew(first, 0, "x").token();
        renew(link("b"), 0, "y");
        assertThat(renew(first, token, "x").wanted()).hasValue(List.of("y"));
        TimeUnit.MILLISECONDS.sleep(CONFIG.interest().toMillis() + 200);
        assertThat(renew(first, token, "x").wanted()).hasValue(List.of());
    }

    @Test
    void events_arrive_in_order_and_few_are_kept_and_every_key_expires() {
        RelayLink first = link("a");
        RelayLink reader = link("b");
        long token = renew(first, 0, "x", "y").token();
        String start = reader.newest();
        assertThat(reader.read(start, Duration.ofMillis(1))).isEmpty();
        for (int i = 0; i < 20; i++) {
            assertThat(renew(first, token, "x", "y").token()).isEqualTo(token);
            assertThat(first.publish(batch(token, 64))).isTrue();
        }
        List<RelayLink.Entry> entries = reader.read(start, Duration.ofSeconds(1));
        assertThat(entries).hasSize(16);
        assertThat(EntryId.isAfter(entries.get(1).id(), entries.get(0).id())).isTrue();
        assertThat(EntryId.isAfter(entries.get(0).id(), entries.get(1).id())).isFalse();
        assertThat(ByteBuffer.wrap(entries.get(1).message()).getInt()
                        - ByteBuffer.wrap(entries.get(0).message()).getInt())
                .isEqualTo(1);
        String kept = redis.send("XLEN", "mib:feed:1:{binance:feed}:events");
        assertThat(Long.parseLong(kept.substring(1))).isLessThan(CONFIG.events() + 150L);
        renew(reader, 0, "x", "y");
        List<String> keys = redis.keys("mib:feed:*");
        assertThat(keys).hasSize(6);
        assertThat(keys)
                .allSatisfy(key -> assertThat(redis.send("PTTL", key)).as(key).doesNotContain("-1"));
    }

    @Test
    void a_call_that_takes_too_long_is_ended_from_outside() throws Exception {
        RelayLink link = link("a");
        renew(link, 0, "x");
        redis.freeze();
        try {
            var watch = Thread.ofVirtual().start(() -> {
                try {
                    TimeUnit.MILLISECONDS.sleep(100);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                link.abortIfOverdue(System.nanoTime() + 2 * TIMEOUT.toNanos());
            });
            assertThatThrownBy(() -> renew(link, 0, "x")).isInstanceOf(RuntimeException.class);
            watch.join();
        } finally {
            redis.thaw();
        }
    }

    @Test
    void the_first_call_has_the_time_for_connecting_as_well() throws Exception {
        redis.send("ACL", "SETUSER", "gateway", "on", ">secret", "~*", "+@all");
        redis.send("SCRIPT", "FLUSH");
        try (var proxy = new TcpProxy(redis.port())) {
            proxy.delay(100); // of each request and each reply: the login, the digest of the script, and the script
            String url = proxy.url().replace("//", "//gateway:secret@");
            RelayLink link = link("a", url, Duration.ofMillis(300));
            var watch = Thread.ofVirtual().start(() -> {
                try {
                    while (true) {
                        link.abortIfOverdue(System.nanoTime());
                        TimeUnit.MILLISECONDS.sleep(20);
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            assertThat(renew(link, 0, "x").held()).isTrue();
            watch.interrupt();
            watch.join();
        }
    }
}
