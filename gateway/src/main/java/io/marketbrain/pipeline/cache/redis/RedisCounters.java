package io.marketbrain.pipeline.cache.redis;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** The counters of the Redis client. Thread-safe. */
final class RedisCounters {
    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

    RedisCounters() {
        for (String name : new String[] {
            "redis_operations", "redis_errors", "redis_timeouts", "redis_queue_full", "redis_unreadable",
            "redis_probes", "redis_connections_opened", "redis_stores_refused", "redis_replayed", "redis_news_lost",
            "redis_leases_returned"
        }) {
            counts.put(name, new LongAdder());
        }
    }

    void count(String name) {
        counts.computeIfAbsent(name, _ -> new LongAdder()).increment();
    }

    Map<String, Long> all() {
        Map<String, Long> all = new TreeMap<>();
        counts.forEach((name, count) -> all.put(name, count.sum()));
        return all;
    }
}
