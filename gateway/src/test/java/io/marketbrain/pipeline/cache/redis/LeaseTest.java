package io.marketbrain.pipeline.cache.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.pipeline.cache.tier.SharedTier.Found;
import io.marketbrain.pipeline.cache.tier.SharedTier.Lease;
import io.marketbrain.pipeline.cache.tier.SharedTier.Listener;
import io.marketbrain.pipeline.cache.tier.SharedTier.Scope;
import io.marketbrain.pipeline.cache.tier.SharedTier.State;
import io.marketbrain.pipeline.cache.tier.SharedTier.ValueKey;
import io.marketbrain.store.redis.RedisConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Leases that nobody holds any more. Their expiry is too long to explain that they end. */
@Timeout(60)
class LeaseTest {
    private static final ValueKey KEY = new ValueKey(new Scope("binance", "BTC/USDT"), "quote:-");

    private final RedisServer redis = RedisServer.started();
    private final List<RedisTier> tiers = new ArrayList<>();
    private final List<Object> received = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        tiers.forEach(RedisTier::close);
        redis.close();
    }

    private RedisTier up(String url) {
        var probe = Duration.ofMillis(50);
        var config = RedisConfig.defaults().withUrl(url).withProbes(probe, probe, probe, probe);
        var tier = new RedisTier(config, 1 << 20, Duration.ofMinutes(10), System::nanoTime, new Random());
        tiers.add(tier);
        tier.start(new Listener() {
            @Override
            public void purged(Scope scope) {
                received.add(scope);
            }

            @Override
            public void ready(ValueKey key) {
                received.add(key);
            }

            @Override
            public void messagesMissed() {}

            @Override
            public void changed(State from, State to) {}
        });
        eventually("up", () -> tier.state() == State.UP);
        return tier;
    }

    private static void eventually(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - end).as(what).isNegative();
            try {
                TimeUnit.MILLISECONDS.sleep(5);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
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
        RedisTier tier = up(redis.url());
        RedisTier other = up(redis.url());
        Lease first = lease(open(tier));
        Lease second = lease(open(tier));
        assertThat(second.turn()).isGreaterThan(first.turn());
        assertThat(open(other)).isInstanceOf(Found.LeasedElsewhere.class);
    }

    @Test
    void a_request_that_redis_runs_late_does_not_take_over_a_later_lease_of_the_same_gateway() {
        RedisTier tier = up(redis.url());
        String gateway = lease(open(tier)).owner().substring(0, 17);
        String key = redis.keys("*:lease").getFirst();
        redis.send("SET", key, gateway + "ffffffffffffffff", "PX", "600000");
        assertThat(open(tier)).isInstanceOf(Found.LeasedElsewhere.class);
    }

    @Test
    void a_lease_granted_during_a_freeze_is_given_back_after_it() {
        RedisTier tier = up(redis.url());
        RedisTier other = up(redis.url());
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
        RedisTier tier = up(redis.url());
        RedisTier other = up(redis.url());
        Lease held = lease(open(tier));
        tier.release(KEY, new Lease(Lease.NO_EPOCH, "another owner", 1));
        var _ = tier.purge(KEY.scope(), Duration.ofMillis(150));
        eventually("purge received", () -> received.contains(KEY.scope()));
        assertThat(received).doesNotContain(KEY);
        assertThat(open(other)).isInstanceOf(Found.LeasedElsewhere.class);
        tier.release(KEY, held);
        eventually("release received", () -> received.contains(KEY));
    }
}
