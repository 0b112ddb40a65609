package io.marketbrain.pipeline.cache.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.pipeline.cache.tier.SharedTier.Found;
import io.marketbrain.pipeline.cache.tier.SharedTier.Lease;
import io.marketbrain.pipeline.cache.tier.SharedTier.Scope;
import io.marketbrain.pipeline.cache.tier.SharedTier.State;
import io.marketbrain.pipeline.cache.tier.SharedTier.Value;
import io.marketbrain.pipeline.cache.tier.SharedTier.ValueKey;
import io.marketbrain.store.redis.RecordingSockets;
import io.marketbrain.store.redis.RedisConfig;
import io.marketbrain.store.redis.RedisConnector;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@link RedisTier} against a real server. */
@Timeout(60)
class RedisTierTest {
    private static final Duration LONG = Duration.ofDays(1);
    private static final Duration WAIT = Duration.ofSeconds(5);
    private static final ValueKey OTHER = new ValueKey(new Scope("binance", "ETH/USDT"), "quote:-");
    private static final ValueKey KEY = new ValueKey(new Scope("binance", "BTC/USDT"), "quote:-");

    private final RedisServer redis = RedisServer.started();
    private final RecordingSockets sockets = new RecordingSockets();
    private final List<RedisTier> tiers = new ArrayList<>();
    private final AnnouncedChanges received = new AnnouncedChanges();

    @AfterEach
    void stop() {
        tiers.forEach(RedisTier::close);
        redis.close();
    }

    private RedisTier tier() throws InterruptedException {
        return tier(redis.url());
    }

    private RedisTier tier(String url) throws InterruptedException {
        var config = RedisConfig.defaults()
                .withUrl(url)
                .withProbes(
                        Duration.ofMillis(50), Duration.ofMillis(200), Duration.ofMillis(200), Duration.ofMillis(200));
        var connector = new RedisConnector(config, 1 << 20, sockets);
        var tier = new RedisTier(config, connector, 1 << 20, Duration.ofSeconds(10), System::nanoTime, new Random());
        tiers.add(tier);
        tier.start(received);
        return tier;
    }

    private RedisTier up() throws InterruptedException {
        return await(tier(), State.UP);
    }

    private static RedisTier await(RedisTier tier, State state) throws InterruptedException {
        for (int i = 0; i < 1000 && tier.state() != state; i++) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        assertThat(tier.state()).isEqualTo(state);
        return tier;
    }

    private static Value value(String payload, Duration age) {
        return new Value(
                payload.getBytes(StandardCharsets.UTF_8), age, Duration.ofSeconds(60), Duration.ofSeconds(300));
    }

    private static Found open(RedisTier tier) {
        return tier.open(KEY, LONG, WAIT).join();
    }

    private static Lease lease(Found found) {
        assertThat(found).isInstanceOf(Found.Leased.class);
        return ((Found.Leased) found).lease();
    }

    private static String payload(Found found) {
        assertThat(found).isInstanceOf(Found.Hit.class);
        return new String(((Found.Hit) found).value().payload(), StandardCharsets.UTF_8);
    }

    private static Found openUntilHit(RedisTier tier) throws InterruptedException {
        Found found = open(tier);
        for (int i = 0; i < 200 && !(found instanceof Found.Hit); i++) {
            TimeUnit.MILLISECONDS.sleep(10);
            found = open(tier);
        }
        return found;
    }

    @Test
    void one_gateway_loads_and_the_other_reads() throws InterruptedException {
        RedisTier one = up();
        RedisTier two = up();
        Lease lease = lease(open(one));
        assertThat(open(two)).isInstanceOf(Found.LeasedElsewhere.class);
        one.store(KEY, lease, value("hello", Duration.ofSeconds(2)));
        Found found = openUntilHit(two);
        assertThat(payload(found)).isEqualTo("hello");
        assertThat(((Found.Hit) found).value().age()).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(4));
    }

    @Test
    void invariant_07_no_older_fetch_replaces_a_newer_one() throws InterruptedException {
        RedisTier tier = up();
        Lease paused = lease(open(tier));
        redis.send("DEL", redis.keys("*:lease").getFirst());
        Lease quick = lease(open(tier));
        tier.store(KEY, quick, value("newer", Duration.ZERO));
        openUntilHit(tier);
        tier.store(KEY, paused, value("older", Duration.ZERO));
        tier.store(KEY, value("older without lease", Duration.ofSeconds(30)));
        for (int i = 0; i < 500 && tier.counters().get("redis_stores_refused") < 2; i++) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        assertThat(tier.counters().get("redis_stores_refused")).isEqualTo(2);
        assertThat(payload(open(tier))).isEqualTo("newer");
    }

    @Test
    void a_purge_reaches_the_others_and_invalidates_loads_in_progress() throws InterruptedException {
        RedisTier one = up();
        RedisTier two = up();
        Lease lease = lease(open(one));
        one.store(KEY, lease, value("old", Duration.ZERO));
        openUntilHit(two);
        redis.send("DEL", KEY.name());
        Lease under = new Lease("----------------", "nobody", 99);
        var _ = two.purge(KEY.scope(), Duration.ofMillis(150));
        for (int i = 0; i < 500 && !received.hasPurged(KEY.scope()); i++) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        assertThat(received.hasPurged(KEY.scope())).isTrue();
        assertThat(open(one)).isNotInstanceOf(Found.Hit.class);
        one.store(KEY, under, value("loaded before the purge", Duration.ZERO));
        one.store(KEY, value("fetched before the purge", Duration.ofSeconds(60)));
        for (int i = 0; i < 500 && one.counters().get("redis_stores_refused") < 2; i++) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        assertThat(open(one)).isNotInstanceOf(Found.Hit.class);
    }

    @Test
    void comes_up_when_redis_appears_later() throws InterruptedException {
        redis.kill();
        RedisTier tier = await(tier(), State.DOWN);
        assertThat(open(tier)).isInstanceOf(Found.Unavailable.class);
        redis.start();
        await(tier, State.UP);
        lease(open(tier));
    }

    @Test
    void goes_down_at_once_when_redis_is_killed_and_sends_pending_work_later() throws InterruptedException {
        RedisTier tier = up();
        redis.kill();
        await(tier, State.DOWN);
        tier.store(KEY, value("missed", Duration.ofSeconds(1)));
        redis.start();
        await(tier, State.UP);
        assertThat(payload(open(tier))).isEqualTo("missed");
        assertThat(tier.counters().get("redis_missed_work")).isZero();
    }

    @Test
    void no_request_thread_connects_whether_redis_is_there_or_gone_or_back() throws InterruptedException {
        RedisTier tier = up();
        open(tier);
        redis.kill();
        await(tier, State.DOWN);
        open(tier);
        redis.start();
        await(tier, State.UP);
        open(tier);
        assertThat(sockets.threads()).isNotEmpty().doesNotContain(Thread.currentThread());
    }

    @Test
    void a_frozen_redis_delays_each_request_by_at_most_its_timeout() throws InterruptedException {
        RedisTier tier = up();
        redis.freeze();
        long start = System.nanoTime();
        for (int i = 0; i < 3; i++) {
            assertThat(tier.open(KEY, LONG, Duration.ofMillis(100)).join()).isInstanceOf(Found.Unavailable.class);
        }
        await(tier, State.DOWN);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
        redis.thaw();
        await(tier, State.UP);
    }

    @Test
    void an_unconfirmed_purge_and_write_are_retried_while_redis_stays_up() throws InterruptedException {
        up();
        try (var proxy = new TcpProxy(redis.port())) {
            RedisTier tier = await(tier(proxy.url()), State.UP);
            for (int i = 0; i < 1000 && tier.counters().get("redis_connections_opened") < 4; i++) {
                TimeUnit.MILLISECONDS.sleep(10);
            }
            proxy.swallow(true, false);
            var _ = tier.purge(KEY.scope(), Duration.ofMillis(150));
            tier.store(OTHER, value("again", Duration.ZERO));
            for (int i = 0; i < 1000 && tier.counters().get("redis_timeouts") < 2; i++) {
                TimeUnit.MILLISECONDS.sleep(10);
            }
            proxy.swallow(false, false);
            for (int i = 0; i < 1000 && tier.counters().get("redis_missed_work") > 0; i++) {
                TimeUnit.MILLISECONDS.sleep(10);
            }
            for (int i = 0; i < 1000 && !received.hasPurged(KEY.scope()); i++) {
                TimeUnit.MILLISECONDS.sleep(10);
            }
            assertThat(received.hasPurged(KEY.scope())).isTrue();
            assertThat(tier.counters()).containsEntry("redis_missed_work", 0L);
            assertThat(tier.counters()).containsEntry("redis_state_changes", 2L);
            assertThat(payload(tier.open(OTHER, LONG, WAIT).join())).isEqualTo("again");
        }
    }

    @Test
    void a_rejected_password_is_tried_again_later() throws InterruptedException {
        redis.send("CONFIG", "SET", "requirepass", "secret");
        RedisTier tier = await(tier("redis://:wrong@127.0.0.1:" + redis.port()), State.REFUSED);
        assertThat(tier.counters()).containsEntry("redis_sockets", 0L);
        RedisTier right = await(tier("redis://:secret@127.0.0.1:" + redis.port()), State.UP);
        lease(open(right));
    }
}
