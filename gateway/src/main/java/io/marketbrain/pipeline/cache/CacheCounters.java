package io.marketbrain.pipeline.cache;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts what the cache does. Thread-safe. */
final class CacheCounters {
    /** What is counted. */
    enum Event {
        L1_HITS,
        L2_HITS,
        FALLBACK_HITS,
        /** Of the hits: those that were stale. */
        STALE_HITS,
        /** Of the stale hits: those served because a provider failed. */
        DEGRADED_HITS,
        /** Requests answered with a remembered failure. */
        REMEMBERED_FAILURES,
        MISSES,
        /** Requests that waited for a load already under way. */
        COLLAPSED,
        /** Loads in the background, of what was still served. */
        REFRESHES,
        REFRESHES_FAILED,
        /** Refreshes left out because too many were under way. */
        REFRESHES_SKIPPED,
        /** Refreshes put off because work in the background was not admitted. */
        REFRESHES_NOT_ADMITTED,
        /** Calls to the next layer. */
        LOADS,
        LOADS_FAILED,
        /** Answers too large to be kept. */
        TOO_LARGE,
        /** Values of the shared tier that could not be read. */
        UNREADABLE,
        /** Waits for another gateway's load. */
        ANNOUNCEMENT_WAITS,
        PURGES;

        private final String wire = name().toLowerCase(Locale.ROOT);

        String wire() {
            return wire;
        }
    }

    private final Map<Event, LongAdder> counts = new EnumMap<>(Event.class);

    CacheCounters() {
        for (Event event : Event.values()) {
            counts.put(event, new LongAdder());
        }
    }

    void count(Event event) {
        adder(event).increment();
    }

    long of(Event event) {
        return adder(event).sum();
    }

    private LongAdder adder(Event event) {
        LongAdder adder = counts.get(event);
        if (adder == null) {
            throw new IllegalStateException("every event has a counter");
        }
        return adder;
    }

    /** Requests answered without asking a provider. */
    long hits() {
        return of(Event.L1_HITS) + of(Event.L2_HITS) + of(Event.FALLBACK_HITS);
    }

    /** The share of requests answered without a provider, in parts per million; 0 before the first. */
    long hitRatePpm() {
        long hits = hits();
        long all = hits + of(Event.MISSES);
        return all == 0 ? 0 : hits * 1_000_000 / all;
    }
}
