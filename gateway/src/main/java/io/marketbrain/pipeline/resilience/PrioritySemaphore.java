package io.marketbrain.pipeline.resilience;

import io.marketbrain.model.NanoClock;
import io.marketbrain.model.Priority;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A semaphore with two priorities for the concurrent calls to one provider. Interactive calls go before background
 * calls, which hold at most a share of the places and get one after a time without any; within a priority the order is
 * first in, first out. Thread-safe.
 */
final class PrioritySemaphore {
    /** The result of a request for a place. */
    enum Result {
        /** The caller has a place and must give it back. */
        TAKEN,
        /** Too many calls are already waiting. */
        FULL,
        /** No place became free in time. */
        TIMED_OUT
    }

    private static final class Waiter {
        final CountDownLatch given = new CountDownLatch(1);
        final long sinceNanos;

        Waiter(long sinceNanos) {
            this.sinceNanos = sinceNanos;
        }
    }

    private final int places;
    private final int lowPlaces;
    private final int waiting;
    private final long starvationNanos;
    private final NanoClock nanoClock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Waiter> high = new ArrayDeque<>();
    private final Deque<Waiter> low = new ArrayDeque<>();
    private int held;
    private int heldLow;
    private long lastLowNanos;

    /**
     * @param lowPlaces how many of the places background work may hold
     * @param waiting how many interactive calls, and how many background calls, may wait
     * @param starvation after how long without background calls one goes before interactive ones
     */
    PrioritySemaphore(int places, int lowPlaces, int waiting, Duration starvation, NanoClock nanoClock) {
        this.places = places;
        this.lowPlaces = lowPlaces;
        this.waiting = waiting;
        this.starvationNanos = starvation.toNanos();
        this.nanoClock = nanoClock;
        this.lastLowNanos = nanoClock.nanos();
    }

    /** Waits at most {@code timeout} for a place. */
    Result take(Priority priority, Duration timeout) throws InterruptedException {
        Waiter waiter;
        lock.lock();
        try {
            waiter = new Waiter(nanoClock.nanos());
            queue(priority).add(waiter);
            grant();
            if (waiter.given.getCount() > 0 && queue(priority).size() > waiting) {
                queue(priority).remove(waiter);
                return Result.FULL;
            }
        } finally {
            lock.unlock();
        }
        boolean hasPlace = false;
        try {
            hasPlace = waiter.given.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
            return hasPlace || !leave(waiter, priority) ? Result.TAKEN : Result.TIMED_OUT;
        } catch (InterruptedException e) {
            if (!leave(waiter, priority)) {
                giveBack(priority);
            }
            throw e;
        }
    }

    void giveBack(Priority priority) {
        lock.lock();
        try {
            held--;
            if (priority == Priority.LOW) {
                heldLow--;
            }
            grant();
        } finally {
            lock.unlock();
        }
    }

    int held() {
        lock.lock();
        try {
            return held;
        } finally {
            lock.unlock();
        }
    }

    int waiting(Priority priority) {
        lock.lock();
        try {
            return queue(priority).size();
        } finally {
            lock.unlock();
        }
    }

    /** Removes a waiter from the queue; false if it was given a place in the meantime. */
    private boolean leave(Waiter waiter, Priority priority) {
        lock.lock();
        try {
            return queue(priority).remove(waiter);
        } finally {
            lock.unlock();
        }
    }

    private void grant() {
        while (held < places) {
            Waiter next = next();
            if (next == null) {
                return;
            }
            held++;
            next.given.countDown();
        }
    }

    private @Nullable Waiter next() {
        long now = nanoClock.nanos();
        boolean lowAllowed = !low.isEmpty() && heldLow < lowPlaces;
        boolean starved = lowAllowed
                && now - lastLowNanos >= starvationNanos
                && now - low.getFirst().sinceNanos >= starvationNanos;
        if (!starved && !high.isEmpty()) {
            return high.poll();
        }
        if (!lowAllowed) {
            return null;
        }
        heldLow++;
        lastLowNanos = now;
        return low.poll();
    }

    private Deque<Waiter> queue(Priority priority) {
        return priority == Priority.LOW ? low : high;
    }
}
