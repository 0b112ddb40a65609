package io.marketbrain.pipeline.cache;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures the longest time that this machine did not schedule a runnable thread. Time limits in tests add it, so that they measure the program and not other load on the machine.
 */
public final class StallMonitor implements AutoCloseable {
    private static final long STEP_NANOS = 2_000_000;

    private final AtomicLong worst = new AtomicLong();
    private volatile boolean closed;

    public StallMonitor() {
        Thread.ofPlatform().daemon().name("stalls").start(this::watch);
        Thread.ofVirtual().name("stalls").start(this::watch);
    }

    private void watch() {
        while (!closed) {
            long start = System.nanoTime();
            LockSupport.parkNanos(STEP_NANOS);
            long late = System.nanoTime() - start - STEP_NANOS;
            worst.accumulateAndGet(late, Math::max);
        }
    }

    public Duration worst() {
        return Duration.ofNanos(worst.get());
    }

    /** The allowance for a time limit: a request is scheduled several times, each of which may be late. */
    public Duration allowance() {
        return Duration.ofMillis(100).plus(worst().multipliedBy(3));
    }

    @Override
    public void close() {
        closed = true;
    }
}
