package io.marketbrain.pipeline.cache;

import io.marketbrain.pipeline.cache.CacheCounters.Event;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/**
 * What the cache does and did, at one moment.
 *
 * @param state of the shared tier
 * @param hitRate the share of requests answered without asking a provider, from 0 to 1
 * @param counters everything counted and measured, by snake_case name
 */
public record CacheSnapshot(SharedTier.State state, BigDecimal hitRate, SequencedMap<String, Long> counters) {

    static CacheSnapshot of(CacheCounters counters, Tiers tiers, SharedTier shared, int loadsUnderWay) {
        var all = new LinkedHashMap<String, Long>();
        for (Event event : Event.values()) {
            all.put(event.wire(), counters.of(event));
        }
        all.put("hits", counters.hits());
        all.put("loads_under_way", (long) loadsUnderWay);
        all.put("l1_entries", tiers.l1().entries());
        all.put("l1_bytes", tiers.l1().bytes());
        all.put("l1_evictions", tiers.l1().evictions());
        all.put("fallback_entries", tiers.fallback().entries());
        all.put("fallback_bytes", tiers.fallback().bytes());
        all.put("fallback_evictions", tiers.fallback().evictions());
        all.putAll(shared.counters());
        return new CacheSnapshot(shared.state(), BigDecimal.valueOf(counters.hitRatePpm(), 6), all);
    }

    /** Whether Redis is in use. */
    public boolean redisAvailable() {
        return state.readable();
    }

    /** Whether the in-process tier stands in for Redis, or serves because there is none. */
    public boolean fallbackActive() {
        return state != SharedTier.State.UP;
    }

    /** How often Redis failed, or was late, without anybody noticing. */
    public long swallowedErrors() {
        return counter("redis_errors") + counter("redis_timeouts") + counter("redis_queue_full");
    }

    /** One of the counters; 0 where there is none of that name. */
    public long counter(String name) {
        return counters.getOrDefault(name, 0L);
    }

    /** The counters as a plain map. */
    public Map<String, Long> counterMap() {
        return counters;
    }
}
