package io.marketbrain.pipeline.cache.tier;

import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.util.function.Supplier;

/** Measures the memory that objects take in the real heap. */
public final class HeapMeter {
    private static final int ROUNDS = 12;

    /** What may differ between two readings of an idle heap. */
    private static final long NOISE = 16 << 10;

    private HeapMeter() {}

    /** What the built object keeps in the heap, in bytes; it should be some megabytes, so that noise does not matter. */
    public static long retained(Supplier<?> builder) {
        long before = used();
        Object built = builder.get();
        try {
            return used() - before;
        } finally {
            Reference.reachabilityFence(built);
        }
    }

    /** The live heap: the least of several readings after collections, until two of them agree. */
    private static long used() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < ROUNDS; i++) {
            System.gc();
            long now = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
            if (Math.abs(now - least) < NOISE) {
                return Math.min(now, least);
            }
            least = Math.min(now, least);
        }
        return least;
    }
}
