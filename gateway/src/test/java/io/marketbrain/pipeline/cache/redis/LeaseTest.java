package io.marketbrain.pipeline.cache.redis;

import static io.marketbrain.pipeline.cache.redis.RunningTiers.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.pipeline.cache.tier.SharedTier.Found;
import io.marketbrain.pipeline.cache.tier.SharedTier.Lease;
import io.marketbrain.pipeline.cache.tier.SharedTier.Scope;
import io.marketbrain.pipeline.cache.tier.SharedTier.ValueKey;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Leases that nobody holds any more. Their expiry is too long to explain that they end. */
@Timeout(60)
class LeaseTest {
    private static final ValueKey KEY = new ValueKey(new Scope("binance", "BTC/USDT"), "quote:-");

    private final RedisServer redis = RedisServer.started();
    private final RunningTiers tiers = new RunningTiers(Duration.ofMinutes(10));
    private final AnnouncedChanges received = tiers.received();

    @AfterEach
    void stop() {
        tiers.close();
        redis.close();
    }

    /** Sends requests until all four workers and the subscriber are connected. */
    private static void connectAll(RedisTier tier) {
        var key = new ValueKey(new Scope("binance", "ETH/USDT"), "quote:-");
        eventually("connected", () -> {
            var found =
                    tier.open(key, Duration.ofDays(1), Duration.ofSeconds(5)).join();
            tier.release(key, lease(found));
            return tier.counters().get("redis_sockets") >= 5;
        });
        eventually("idle", () -> tier.counters().get("redis_queue") == 0);
    }

    private static Found open(RedisTier tier) {
        return tier.open(KEY, Duration.ofDays(1), Duration.ofSeconds(5)).join();
    }

    private static Lease lease(Found found) {
        assertThat(found).isInstanceOf(Found.Leased.class);
        return ((Found.Leased) found).lease();
    }

    @Test
    void a_gateway_takes_over_its_own_earlier_lease_and_no_other() {
        RedisTier tier = tiers.up(redis.url());
        RedisTier other = tiers.up(redis.url());
        Lease first = lease(open(tier));
        Lease second = lease(open(tier));
        assertThat(second.turn()).isGreaterThan(first.turn());
        assertThat(open(other)).isInstanceOf(Found.LeasedElsewhere.class);
    }

    @Test
    void a_request_that_redis_runs_late_does_not_take_over_a_later_lease_of_the_same_gateway() {
        RedisTier tier = tiers.up(redis.url());
        String gateway = lease(open(tier)).owner().substring(0, 17);
        String key = redis.keys("*:lease").getFirst();
        redis.send("SET", key, gateway + "ffffffffffffffff", "PX", "600000");
        assertThat(open(tier)).isInstanceOf(Found.LeasedElsewhere.class);
    }

    @Test
    void a_lease_granted_during_a_freeze_is_given_back_after_it() {
        RedisTier tier = tiers.up(redis.url());
        RedisTier other = tiers.up(redis.url());
        connectAll(tier);
        redis.freeze();
        assertThat(tier.open(KEY, Duration.ofDays(1), Duration.ofMillis(150)).join())
                .isInstanceOf(Found.Unavailable.class);
        redis.thaw();
        eventually("granted and given back", () -> tier.counters().get("redis_leases_returned") == 1);
        lease(open(other));
    }

    @Test
    void releasing_a_lease_that_another_request_holds_announces_nothing() {
        RedisTier tier = tiers.up(redis.url());
        RedisTier other = tiers.up(redis.url());
        Lease held = lease(open(tier));
        tier.release(KEY, new Lease(Lease.NO_EPOCH, "another owner", 1));
        var _ = tier.purge(KEY.scope(), Duration.ofMillis(150));
        eventually("purge received", () -> received.hasPurged(KEY.scope()));
        assertThat(received.hasReady(KEY)).isFalse();
        assertThat(open(other)).isInstanceOf(Found.LeasedElsewhere.class);
        tier.release(KEY, held);
        eventually("release received", () -> received.hasReady(KEY));
    }
}
