package io.marketbrain.pipeline.cache.tier;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** The counters of the cache. Thread-safe. */
public final class CacheCounters {
    /** The counted events; the lower-case name is the name in metrics. */
    public enum Event {
        L1_HITS,
        L2_HITS,
        FALLBACK_HITS,
        /** Hits that were stale; also counted as hits. */
        STALE_HITS,
        /** Stale hits served because the last refresh failed. */
        DEGRADED_HITS,
        /** Requests that failed with a cached failure. */
        REMEMBERED_FAILURES,
        MISSES,
        /** Requests that joined a load already in progress. */
        COLLAPSED,
        /** Background loads of entries that could still be served. */
        REFRESHES,
        REFRESHES_FAILED,
        /** Refreshes postponed because too many were in progress. */
        REFRESHES_SKIPPED,
        /** Refreshes postponed because background work was not admitted. */
        REFRESHES_NOT_ADMITTED,
        /** Calls to the next layer. */
        LOADS,
        LOADS_FAILED,
        /** Answers too large to be cached. */
        TOO_LARGE,
        /** Values of the shared tier that could not be decoded. */
        UNREADABLE,
        /** Values of the shared tier that were stored for another key. */
        VALUES_OF_ANOTHER_KEY,
        /** Values of the shared tier that could not be the answer to the query. */
        VALUES_INVALID,
        /** Waits for another gateway's load. */
        ANNOUNCEMENT_WAITS,
        PURGES;

        private final String wire = name().toLowerCase(Locale.ROOT);

        String wire() {
            return wire;
        }
    }

    private final Map<Event, LongAdder> counts = new EnumMap<>(Event.class);

    public CacheCounters() {
        for (Event event : Event.values()) {
            counts.put(event, new LongAdder());
        }
    }

    public void count(Event event) {
        adder(event).increment();
    }

    long of(Event event) {
        return adder(event).sum();
    }

    private LongAdder adder(Event event) {
        LongAdder adder = counts.get(event);
        if (adder == null) {
            throw new IllegalStateException("no counter for " + event);
        }
        return adder;
    }

    /** Requests answered without calling a provider. */
    long hits() {
        return of(Event.L1_HITS) + of(Event.L2_HITS) + of(Event.FALLBACK_HITS);
    }

    /** The hit rate in parts per million; 0 before the first request. */
    long hitRatePpm() {
        long hits = hits();
        long all = hits + of(Event.MISSES);
        return all == 0 ? 0 : hits * 1_000_000 / all;
    }
}
