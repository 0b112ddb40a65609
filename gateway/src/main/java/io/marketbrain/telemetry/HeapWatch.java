package io.marketbrain.telemetry;

import io.marketbrain.concurrent.BackgroundLoop;
import io.marketbrain.model.NanoClock;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Detects a heap that is practically exhausted. The JVM ends a process whose heap is completely full, but a process
 * with a little left collects garbage all the time and serves nothing. If the heap is nearly full and garbage
 * collection takes nearly all the time for ten seconds, this reports it and ends the process, so that its supervisor
 * can restart it. It also triggers collections earlier, by {@link HeapTrim}, so that the heap does not grow because of
 * garbage alone. Checks every two seconds.
 */
public final class HeapWatch {
    private static final int OUT_OF_MEMORY = 3;
    private static final Duration PERIOD = Duration.ofSeconds(2);
    private static final int WINDOWS = 5;
    private static final int FULL_PERCENT = 85;
    private static final int EXHAUSTED_PERCENT = 80;

    private final NanoClock nanoClock;
    private final Consumer<String> end;
    private final HeapTrim trim = new HeapTrim(HeapWatch::inUse, HeapWatch::collect);
    private final long full = Runtime.getRuntime().maxMemory() / 100 * FULL_PERCENT;
    private int exhaustedChecks;
    private long windowStart;
    private long collectedAtStart;

    /**
     * A watch that halts this process as the JVM does when out of memory: immediately, without shutdown hooks, which
     * would need memory.
     */
    public static HeapWatch ofProcess(NanoClock nanoClock) {
        return new HeapWatch(nanoClock, why -> {
            System.err.println("brain: " + why);
            Runtime.getRuntime().halt(OUT_OF_MEMORY);
        });
    }

    /** @param end reports the reason and ends the process */
    HeapWatch(NanoClock nanoClock, Consumer<String> end) {
        this.nanoClock = nanoClock;
        this.end = end;
    }

    public void start() {
        new BackgroundLoop("heap-watch", BackgroundLoop.Kind.DAEMON, nanoClock, this::round).start(PERIOD);
    }

    private Duration round() {
        trim.check(nanoClock.nanos());
        boolean isFull = inUse() > full;
        if (exhaustedChecks > 0 || isFull) {
            check(isFull, collectedMillis(), nanoClock.nanos());
        }
        return PERIOD;
    }

    /**
     * Checks once.
     *
     * @param collectedMillis the time spent on garbage collection since the process started
     */
    void check(boolean full, long collectedMillis, long nowNanos) {
        long window = (nowNanos - windowStart) / 1_000_000;
        boolean known = exhaustedChecks > 0;
        boolean exhausted = full && (!known || (collectedMillis - collectedAtStart) * 100 > window * EXHAUSTED_PERCENT);
        windowStart = nowNanos;
        collectedAtStart = collectedMillis;
        exhaustedChecks = exhausted ? exhaustedChecks + 1 : 0;
        if (exhaustedChecks > WINDOWS) {
            end.accept("out of memory: the heap of " + (Runtime.getRuntime().maxMemory() >> 20)
                    + " MiB is full, and garbage collection takes nearly all the time");
        }
    }

    /** Bytes of the heap in use, garbage included. */
    static long inUse() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    /**
     * Runs a collection if the serial collector is in use; the JVM's other collectors collect the old generation in
     * time by themselves.
     */
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
