package io.marketbrain.telemetry;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Triggers a garbage collection before the heap is full. The serial collector collects the old generation only when the
 * heap cannot grow any more, so expired cache entries would stay in memory until then. This requests a collection once
 * twice as much is in use as the last one left, if the heap is large enough to be worth the pause. Not thread-safe.
 */
final class HeapTrim {
    private static final long SMALL = 24L << 20;
    private static final long MIN_INTERVAL_NANOS = Duration.ofSeconds(10).toNanos();

    private final LongSupplier inUse;
    private final Runnable collect;
    private long usedAfterCollection;
    private long lastNanos;

    /**
     * @param inUse the bytes in use, garbage included
     * @param collect runs a full collection and returns when it is done
     */
    HeapTrim(LongSupplier inUse, Runnable collect) {
        this.inUse = inUse;
        this.collect = collect;
    }

    /** Checks once and collects if it is due. */
    void check(long nowNanos) {
        long used = inUse.getAsLong();
        boolean tooSoon = usedAfterCollection > 0 && nowNanos - lastNanos < MIN_INTERVAL_NANOS;
        if (used > SMALL && used > 2 * usedAfterCollection && !tooSoon) {
            collect.run();
            usedAfterCollection = inUse.getAsLong();
            lastNanos = nowNanos;
        }
    }
}
