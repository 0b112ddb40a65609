package io.marketbrain.pipeline.cache.redis;

import static io.marketbrain.pipeline.cache.redis.RunningTiers.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.pipeline.cache.tier.SharedTier.Found;
import io.marketbrain.pipeline.cache.tier.SharedTier.Lease;
import io.marketbrain.pipeline.cache.tier.SharedTier.Scope;
import io.marketbrain.pipeline.cache.tier.SharedTier.State;
import io.marketbrain.pipeline.cache.tier.SharedTier.Value;
import io.marketbrain.pipeline.cache.tier.SharedTier.ValueKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A gateway never reads what it purged, whether or not Redis has confirmed the purge. */
@Timeout(60)
class PurgeTest {
    private static final Duration WAIT = Duration.ofMillis(150);
    private static final ValueKey KEY = new ValueKey(new Scope("binance", "BTC/USDT"), "quote:-");

    private final RedisServer redis = RedisServer.started();
    private final RunningTiers tiers = new RunningTiers(Duration.ofSeconds(10));
    private final AnnouncedChanges received = tiers.received();

    @AfterEach
    void stop() {
        tiers.close();
        redis.close();
    }

    private static Value value(Duration age) {
        return new Value("old".getBytes(StandardCharsets.UTF_8), age, Duration.ofSeconds(60), Duration.ofSeconds(300));
    }

    private static Found open(RedisTier tier) {
        return tier.open(KEY, Duration.ofDays(1), WAIT).join();
    }

    private void fill(RedisTier tier) {
        tier.store(KEY, ((Found.Leased) open(tier)).lease(), value(Duration.ZERO));
        eventually("stored", () -> open(tier) instanceof Found.Hit);
    }

    @Test
    void nothing_old_is_read_before_a_purge_is_confirmed_and_it_is_retried_until_then() {
        try (var proxy = new TcpProxy(redis.port())) {
            RedisTier tier = tiers.up(proxy.url());
            RedisTier other = tiers.up(redis.url());
            fill(tier);
            proxy.swallow(true, false);
            long operations = tier.counters().get("redis_operations");
            var _ = tier.purge(KEY.scope(), Duration.ofMillis(150));
            eventually("sent", () -> tier.counters().get("redis_operations") > operations);
            eventually("swallowed", () -> proxy.swallowed() > 0);
            proxy.swallow(false, false);
            assertThat(open(tier)).isNotInstanceOf(Found.Hit.class);
            assertThat(tier.state()).isEqualTo(State.UP);
            eventually("the other receives the purge", () -> received.hasPurged(KEY.scope()));
            assertThat(open(other)).isNotInstanceOf(Found.Hit.class);
            eventually("confirmed", () -> tier.counters().get("redis_missed_work") == 0);
            assertThat(tier.state()).isEqualTo(State.UP);
        }
    }

    @Test
    void nothing_old_is_read_from_a_redis_that_rejects_purges() {
        RedisTier tier = tiers.up(redis.url());
        fill(tier);
        redis.send("CONFIG", "SET", "maxmemory", "1");
        var _ = tier.purge(KEY.scope(), Duration.ofMillis(150));
        eventually("read only", () -> tier.state() == State.READ_ONLY);
        assertThat(open(tier)).isNotInstanceOf(Found.Hit.class);
        redis.send("CONFIG", "SET", "maxmemory", "0");
        eventually("up", () -> tier.state() == State.UP);
        assertThat(open(tier)).isInstanceOf(Found.Leased.class);
    }

    @Test
    void a_read_directly_after_a_purge_finds_nothing_old() {
        RedisTier tier = tiers.up(redis.url());
        for (int i = 0; i < 300; i++) {
            fill(tier);
            var _ = tier.purge(KEY.scope(), Duration.ofMillis(150));
            Found found = open(tier);
            assertThat(found).isInstanceOf(Found.Leased.class);
            tier.release(KEY, ((Found.Leased) found).lease());
            eventually("lease released", () -> redis.keys("*:lease").isEmpty());
        }
    }

    @Test
    void a_value_fetched_before_a_purge_and_written_late_without_a_lease_is_refused() {
        RedisTier tier = tiers.up(redis.url());
        RedisTier other = tiers.up(redis.url());
        for (int i = 0; i < 20; i++) {
            Value before = value(Duration.ZERO);
            var _ = other.purge(KEY.scope(), Duration.ofMillis(150));
            eventually("purged", () -> other.counters().get("redis_missed_work") == 0);
            tier.store(KEY, before);
            long refused = i + 1L;
            eventually("refused", () -> tier.counters().getOrDefault("redis_stores_refused", 0L) == refused);
        }
        Found found = open(tier);
        assertThat(found).isInstanceOf(Found.Leased.class);
        assertThat(((Found.Leased) found).lease().epoch()).isNotEqualTo(Lease.NO_EPOCH);
    }

    @Test
    void gateways_with_different_schemas_share_a_redis_and_its_purges() {
        RedisTier older = tiers.up(redis.url());
        RedisTier newer = tiers.up(redis.url());
        var key = new ValueKey(KEY.scope(), "2:quote:-");
        fill(older);
        var found = newer.open(key, Duration.ofDays(1), WAIT).join();
        assertThat(found).isInstanceOf(Found.Leased.class);
        newer.store(key, ((Found.Leased) found).lease(), value(Duration.ZERO));
        eventually("stored", () -> newer.open(key, Duration.ofDays(1), WAIT).join() instanceof Found.Hit);
        assertThat(open(older)).isInstanceOf(Found.Hit.class);
        var _ = older.purge(KEY.scope(), Duration.ofMillis(150));
        eventually("received", () -> received.hasPurged(KEY.scope()));
        assertThat(newer.open(key, Duration.ofDays(1), WAIT).join()).isNotInstanceOf(Found.Hit.class);
        assertThat(open(older)).isNotInstanceOf(Found.Hit.class);
    }
}
