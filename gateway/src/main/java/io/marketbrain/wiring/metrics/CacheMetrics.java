package io.marketbrain.wiring.metrics;

import io.marketbrain.pipeline.cache.tier.CacheSnapshot;
import io.marketbrain.pipeline.cache.tier.SharedTier.State;
import io.marketbrain.telemetry.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Exports the counters of the cache as metrics, one counter or gauge each, and the
 * state of Redis as one gauge per state.
 */
public final class CacheMetrics {
    /** The names of the gauges; all others are counters. */
    static final Set<String> GAUGES = Set.of(
            "loads_under_way",
            "l1_entries",
            "l1_bytes",
            "page_bytes",
            "fallback_entries",
            "fallback_bytes",
            "redis_queue",
            "redis_sockets",
            "redis_threads",
            "redis_pending_deadlines",
            "redis_missed_work",
            "redis_missed_bytes",
            "redis_waiting_for_others");

    private CacheMetrics() {}

    public static List<Metric> of(CacheSnapshot snapshot) {
        List<Metric> metrics = new ArrayList<>();
        snapshot.counters().forEach((name, value) -> {
            String description = name.replace('_', ' ');
            metrics.add(
                    GAUGES.contains(name)
                            ? Metric.gauge("marketbrain_cache_" + name, "Cache: " + description + ".", value)
                            : Metric.counter(
                                    "marketbrain_cache_" + name + "_total", "Cache: " + description + ".", value));
        });
        List<Metric.Sample> states = new ArrayList<>();
        for (State state : State.values()) {
            states.add(new Metric.Value(Map.of("state", state.wire()), state == snapshot.state() ? 1 : 0));
        }
        metrics.add(new Metric(
                "marketbrain_cache_redis_state",
                Metric.Kind.GAUGE,
                "1 for the current state of the Redis connection, 0 for the others.",
                states));
        metrics.add(Metric.gauge(
                "marketbrain_cache_hit_ratio",
                "The share of requests answered without calling a provider, from 0 to 1.",
                snapshot.hitRate().doubleValue()));
        return metrics;
    }
}
