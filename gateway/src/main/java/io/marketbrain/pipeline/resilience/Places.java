package io.marketbrain.pipeline.resilience;

import io.marketbrain.model.Priority;
import io.marketbrain.model.Ticker;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The places for calls to one provider. People go before background work, which holds a share of the places at the most
 * and gets one after so long without any; within each the order is that of arrival. Thread-safe.
 */
final class Places {
    /** How a call fared that asked for a place. */
    enum Reply {
        /** It has a place and must give it back. */
        TAKEN,
        /** Too many wait already. */
        FULL,
        /** None was free in time. */
        LATE
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
    private final Ticker ticker;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Waiter> high = new ArrayDeque<>();
    private final Deque<Waiter> low = new ArrayDeque<>();
    private int held;
    private int heldLow;
    private long lastLowNanos;

    /**
     * @param lowPlaces how many of the places background work may hold
     * @param waiting how many calls of people, and how many of background work, may wait
     * @param starvation after how long without any one background call goes before people
     */
    Places(int places, int lowPlaces, int waiting, Duration starvation, Ticker ticker) {
        this.places = places;
        this.lowPlaces = lowPlaces;
        this.waiting = waiting;
        this.starvationNanos = starvation.toNanos();
        this.ticker = ticker;
        this.lastLowNanos = ticker.nanos();
    }

    /** Waits for a place. */
    Reply take(Priority priority, Duration most) throws InterruptedException {
        Waiter waiter;
        lock.lock();
        try {
            waiter = new Waiter(ticker.nanos());
            queue(priority).add(waiter);
            grant();
            if (waiter.given.getCount() > 0 && queue(priority).size() > waiting) {
                queue(priority).remove(waiter);
                return Reply.FULL;
            }
        } finally {
            lock.unlock();
        }
        boolean hasPlace = false;
        try {
            hasPlace = waiter.given.await(most.toNanos(), TimeUnit.NANOSECONDS);
            return hasPlace || !leave(waiter, priority) ? Reply.TAKEN : Reply.LATE;
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

    /** Leaves the queue; false for one that was given a place meanwhile. */
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
        long now = ticker.nanos();
        boolean lowMay = !low.isEmpty() && heldLow < lowPlaces;
        boolean starved =
                lowMay && now - lastLowNanos >= starvationNanos && now - low.getFirst().sinceNanos >= starvationNanos;
        if (!starved && !high.isEmpty()) {
            return high.poll();
        }
        if (!lowMay) {
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
