package io.marketbrain.pipeline.cache;

import static io.marketbrain.pipeline.cache.CacheSamples.BINANCE;
import static io.marketbrain.pipeline.cache.CacheSamples.call;
import static io.marketbrain.pipeline.cache.CacheSamples.pair;
import static io.marketbrain.pipeline.cache.CacheSamples.price;
import static io.marketbrain.pipeline.cache.CacheSamples.quote;
import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.pipeline.cache.redis.RedisServer;
import io.marketbrain.pipeline.cache.redis.SharedTiers;
import io.marketbrain.pipeline.cache.tier.SharedTier.State;
import io.marketbrain.store.redis.RedisConfig;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A gateway that was disconnected during a purge does not restore purged values. */
@Timeout(60)
class MissedPurgeTest {
    private final TestProvider provider = new TestProvider();

    private CacheLayer gateway(RedisServer redis, Duration probe) {
        var random = new Random();
        var config = RedisConfig.defaults().withUrl(redis.url()).withProbes(probe, probe, probe, probe);
        var shared = SharedTiers.of(config, CacheSamples.oneMinute(), System::nanoTime, random);
        return new CacheLayer(
                CacheSamples.oneMinute(), shared, _ -> "live", System::nanoTime, InstantSource.system(), random);
    }

    private static void await(CacheLayer gateway, State state) throws InterruptedException {
        for (int i = 0; i < 2000 && gateway.snapshot().state() != state; i++) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        assertThat(gateway.snapshot().state()).isEqualTo(state);
    }

    @Test
    void values_purged_during_an_outage_are_not_restored_by_a_gateway_that_reconnects_later() throws Exception {
        try (RedisServer redis = RedisServer.started();
                CacheLayer purges = gateway(redis, Duration.ofMillis(50));
                CacheLayer comesLater = gateway(redis, Duration.ofSeconds(2))) {
            await(purges, State.UP);
            await(comesLater, State.UP);
            var there = comesLater.around(provider);
            assertThat(price(there.fetch(quote("BTC"), call()))).isEqualTo("1.00");
            redis.kill();
            await(purges, State.DOWN);
            await(comesLater, State.DOWN);
            purges.purge(BINANCE, pair("BTC"));
            redis.start();
            await(purges, State.UP);
            assertThat(comesLater.snapshot().state()).isNotEqualTo(State.UP);
            await(comesLater, State.UP);
            String seen = "1.00";
            for (int i = 0; i < 500 && seen.equals("1.00"); i++) {
                seen = price(there.fetch(quote("BTC"), call()));
                TimeUnit.MILLISECONDS.sleep(10);
            }
            assertThat(seen).isEqualTo("2.00");
        }
    }
}
