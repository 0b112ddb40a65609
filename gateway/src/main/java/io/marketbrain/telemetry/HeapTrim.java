package io.marketbrain.telemetry;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Has the heap collected before it is full. The serial collector looks for garbage among what has lived for a while only
 * when the heap cannot grow any more, so cached answers past their time would stay in memory until then. Once there is
 * twice as much in use as the last collection left, and it is worth the pause, this asks for the next one. Not
 * thread-safe.
 */
final class HeapTrim {
    private static final long SMALL = 24L << 20;
    private static final long APART_NANOS = Duration.ofSeconds(10).toNanos();

    private final LongSupplier inUse;
    private final Runnable collect;
    private long left;
    private long lastNanos;

    /**
     * @param inUse the bytes in use, garbage included
     * @param collect collects all there is; the caller waits
     */
    HeapTrim(LongSupplier inUse, Runnable collect) {
        this.inUse = inUse;
        this.collect = collect;
    }

    /** One look. */
    void look(long nowNanos) {
        long used = inUse.getAsLong();
        boolean soon = left > 0 && nowNanos - lastNanos < APART_NANOS;
        if (used > SMALL && used > 2 * left && !soon) {
            collect.run();
            left = inUse.getAsLong();
            lastNanos = nowNanos;
        }
    }
}
