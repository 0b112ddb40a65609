package io.marketbrain.wiring.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.pipeline.cache.CacheLayer;
import io.marketbrain.pipeline.cache.CacheSamples;
import io.marketbrain.pipeline.cache.redis.SharedTiers;
import io.marketbrain.pipeline.cache.tier.CacheSnapshot;
import io.marketbrain.pipeline.cache.tier.SharedTier.State;
import io.marketbrain.store.redis.RedisConfig;
import io.marketbrain.telemetry.Metric;
import io.marketbrain.telemetry.PrometheusText;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CacheMetricsTest {
    private static List<String> lines(CacheSnapshot snapshot) {
        return PrometheusText.write(CacheMetrics.of(snapshot)).lines().toList();
    }

    private static CacheSnapshot snapshot(State state) {
        var counters = new LinkedHashMap<String, Long>();
        counters.put("l1_hits", 9L);
        counters.put("l1_entries", 3L);
        return new CacheSnapshot(state, new BigDecimal("0.75"), counters);
    }

    @Test
    void monotonic_values_are_counters_and_others_are_gauges() {
        assertThat(lines(snapshot(State.UP)))
                .contains("# TYPE marketbrain_cache_l1_hits_total counter", "marketbrain_cache_l1_hits_total 9")
                .contains("# TYPE marketbrain_cache_l1_entries gauge", "marketbrain_cache_l1_entries 3")
                .contains("marketbrain_cache_hit_ratio 0.75");
    }

    @Test
    void exactly_the_current_state_of_redis_has_the_value_one() {
        for (State state : State.values()) {
            List<String> states = lines(snapshot(state)).stream()
                    .filter(line -> line.startsWith("marketbrain_cache_redis_state{"))
                    .toList();
            assertThat(states)
                    .hasSize(State.values().length)
                    .filteredOn(line -> line.endsWith(" 1"))
                    .containsExactly("marketbrain_cache_redis_state{state=\"" + state.wire() + "\"} 1");
        }
    }

    @Test
    void every_value_of_a_cache_with_redis_is_published_once_and_includes_every_gauge() {
        var config = CacheSamples.oneMinute();
        var shared = SharedTiers.of(
                RedisConfig.defaults().withUrl("redis://127.0.0.1:1"), config, System::nanoTime, new Random(1));
        try (var cache =
                new CacheLayer(config, shared, _ -> "live", System::nanoTime, InstantSource.system(), new Random(1))) {
            var snapshot = cache.snapshot();
            assertThat(snapshot.counters().keySet()).containsAll(CacheMetrics.GAUGES);
            assertThat(CacheMetrics.of(snapshot))
                    .extracting(Metric::name)
                    .doesNotHaveDuplicates()
                    .hasSize(snapshot.counters().size() + 2);
        }
    }
}
