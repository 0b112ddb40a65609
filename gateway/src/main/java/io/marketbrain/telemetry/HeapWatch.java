package io.marketbrain.telemetry;

import io.marketbrain.model.Ticker;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Notices a heap that is as good as exhausted. The JVM ends a process whose heap has no byte left, but one that has a
 * few left collects garbage without end and answers nobody. When the heap is nearly full and collecting takes nearly all
 * the time for ten seconds on end, this says so and ends the process, so that whoever looks after it starts it anew.
 * Long before that it keeps the heap from growing for garbage alone. Looks every other second.
 */
public final class HeapWatch {
    private static final int OUT_OF_MEMORY = 3;
    private static final Duration PERIOD = Duration.ofSeconds(2);
    private static final int WINDOWS = 5;
    private static final int FULL_PERCENT = 85;
    private static final int LOST_PERCENT = 80;

    private final Ticker ticker;
    private final Consumer<String> end;
    private int lost;
    private long windowStart;
    private long collectedAtStart;

    /** A watch that ends this process like the JVM when no byte is left: at once, nothing that needs room runs any more. */
    public static HeapWatch ofProcess(Ticker ticker) {
        return new HeapWatch(ticker, why -> {
            System.err.println("brain: " + why);
            Runtime.getRuntime().halt(OUT_OF_MEMORY);
        });
    }

    /** @param end says why, and ends the process */
    HeapWatch(Ticker ticker, Consumer<String> end) {
        this.ticker = ticker;
        this.end = end;
    }

    public void start() {
        Thread.ofPlatform().name("heap-watch").daemon().start(this::watch);
    }

    private void watch() {
        long full = Runtime.getRuntime().maxMemory() / 100 * FULL_PERCENT;
        var trim = new HeapTrim(HeapWatch::inUse, HeapWatch::collect);
        try {
            while (true) {
                Thread.sleep(PERIOD);
                trim.look(ticker.nanos());
                boolean isFull = inUse() > full;
                if (lost > 0 || isFull) {
                    look(isFull, collectedMillis(), ticker.nanos());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * One look.
     *
     * @param collectedMillis the time that went into collecting since the process began
     */
    void look(boolean full, long collectedMillis, long nowNanos) {
        long window = (nowNanos - windowStart) / 1_000_000;
        boolean known = lost > 0;
        boolean losing = full && (!known || (collectedMillis - collectedAtStart) * 100 > window * LOST_PERCENT);
        windowStart = nowNanos;
        collectedAtStart = collectedMillis;
        lost = losing ? lost + 1 : 0;
        if (lost > WINDOWS) {
            end.accept("out of memory: the heap of " + (Runtime.getRuntime().maxMemory() >> 20)
                    + " MiB is full, and nearly all the time goes into looking for room");
        }
    }

    /** Bytes of the heap in use, garbage included. */
    static long inUse() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    /** Collects where the collector does not do so by itself: all others of the JVM look for old garbage in time. */
    private static void collect() {
        boolean serial = ManagementFactory.getGarbageCollectorMXBeans().stream()
                .anyMatch(collector -> collector.getName().equals("MarkSweepCompact"));
        if (serial) {
            System.gc();
        }
    }

    private static long collectedMillis() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                .sum();
    }
}
