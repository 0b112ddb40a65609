package io.marketbrain.pipeline.cache.tier;

import io.marketbrain.pipeline.cache.tier.CacheCounters.Event;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/**
 * The state and counters of the cache at one moment.
 *
 * @param state of the shared tier
 * @param hitRate the share of requests answered without calling a provider, from 0 to 1
 * @param counters all counters and gauges by snake_case name
 */
public record CacheSnapshot(SharedTier.State state, BigDecimal hitRate, SequencedMap<String, Long> counters) {

    /**
     * Reads the parts of the cache.
     *
     * @param pageBytes the estimated size of joined pages of candles
     */
    public static CacheSnapshot of(
            CacheCounters counters, LocalTiers tiers, SharedTier shared, int loadsInProgress, long pageBytes) {
        var all = new LinkedHashMap<String, Long>();
        for (Event event : Event.values()) {
            all.put(event.wire(), counters.of(event));
        }
        all.put("hits", counters.hits());
        all.put("loads_under_way", (long) loadsInProgress);
        all.put("l1_entries", tiers.l1().entries());
        all.put("l1_bytes", tiers.l1().bytes());
        all.put("l1_evictions", tiers.l1().evictions());
        all.put("page_bytes", pageBytes);
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

    /** Whether the in-process fallback tier is used, because Redis is unavailable or not configured. */
    public boolean fallbackActive() {
        return state != SharedTier.State.UP;
    }

    /** How many Redis errors, timeouts and rejected operations did not affect a request. */
    public long swallowedErrors() {
        return counter("redis_errors") + counter("redis_timeouts") + counter("redis_queue_full");
    }

    /** Returns a counter, or 0 if there is none of that name. */
    public long counter(String name) {
        return counters.getOrDefault(name, 0L);
    }

    /** The counters as a plain map. */
    public Map<String, Long> counterMap() {
        return counters;
    }
}
