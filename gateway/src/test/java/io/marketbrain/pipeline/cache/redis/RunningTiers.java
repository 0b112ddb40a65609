package io.marketbrain.pipeline.cache.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.pipeline.cache.tier.SharedTier.State;
import io.marketbrain.store.redis.RedisConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Tiers over a real Redis, which share one listener. Closes them all. */
final class RunningTiers implements AutoCloseable {
    private final List<RedisTier> tiers = new ArrayList<>();
    private final AnnouncedChanges received = new AnnouncedChanges();
    private final Duration leases;

    /** @param leases how long a lease lasts */
    RunningTiers(Duration leases) {
        this.leases = leases;
    }

    AnnouncedChanges received() {
        return received;
    }

    /** A further tier, once it is connected. */
    RedisTier up(String url) {
        var probe = Duration.ofMillis(50);
        var config = RedisConfig.defaults().withUrl(url).withProbes(probe, probe, probe, probe);
        var tier = new RedisTier(config, 1 << 20, leases, System::nanoTime, new Random());
        tiers.add(tier);
        tier.start(received);
        eventually("up", () -> tier.state() == State.UP);
        return tier;
    }

    static void eventually(String what, BooleanSupplier condition) {
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

    @Override
    public void close() {
        tiers.forEach(RedisTier::close);
    }
}
