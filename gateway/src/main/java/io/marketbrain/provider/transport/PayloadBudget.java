package io.marketbrain.provider.transport;

import io.marketbrain.model.Deadline;
import io.marketbrain.model.ProviderId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The memory that all payloads being read or parsed may take together, in bytes. It follows the size of the heap.
 *
 * <p>Half of it is shared between providers by a dynamic threshold (Choudhury and Hahne, "Dynamic queue length thresholds
 * for shared-memory packet switches", 1998): none may hold more than is free, so a single one gets half of it, two get
 * a third each, and there is always room for another. The other half is for the payload that has been under way for
 * the longest: one of them can always be finished, so they cannot all wait for each other until their deadlines.
 * Thread-safe.
 */
public final class PayloadBudget {
    /** The part of the heap that payloads may take: a quarter. */
    private static final int PART_OF_HEAP = 4;

    private final long capacity;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition given = lock.newCondition();
    private final Deque<Lease> oldestFirst = new ArrayDeque<>();
    private final Map<ProviderId, Long> heldBy = new HashMap<>();
    private long held;
    private long tooLarge;
    private long outOfTime;

    public PayloadBudget(long capacity) {
        this.capacity = capacity;
    }

    /** The budget of a process whose heap can grow to so many bytes. */
    public static PayloadBudget ofHeap(long most) {
        return new PayloadBudget(most / PART_OF_HEAP);
    }

    /** The share of a payload that is about to be read; holds nothing yet. */
    Lease open(ProviderId provider) {
        var lease = new Lease(provider);
        lock.lock();
        try {
            oldestFirst.addLast(lease);
        } finally {
            lock.unlock();
        }
        return lease;
    }

    /** What all payloads hold now. */
    long held() {
        return figures().held();
    }

    /**
     * The state of the budget.
     *
     * @param payloads how many are being read or parsed
     * @param held the memory that they hold, in bytes
     * @param limit the most that they may hold
     * @param tooLarge how many were refused because one payload may not hold so much
     * @param outOfTime how many were refused because there was not enough memory before their deadlines
     */
    public record Figures(int payloads, long held, long limit, long tooLarge, long outOfTime) {}

    public Figures figures() {
        lock.lock();
        try {
            return new Figures(oldestFirst.size(), held, capacity, tooLarge, outOfTime);
        } finally {
            lock.unlock();
        }
    }

    /** What one payload holds, from before it is read until its parsed data no longer refer to it. */
    final class Lease implements AutoCloseable {
        private final ProviderId provider;
        private long own;
        private boolean closed;

        private Lease(ProviderId provider) {
            this.provider = provider;
        }

        /** The most that one payload can ever hold. */
        long most() {
            return capacity / 2;
        }

        /** Whether one payload may hold so many bytes; false counts as a refusal. */
        boolean mayHold(long bytes) {
            if (bytes <= most()) {
                return true;
            }
            lock.lock();
            try {
                tooLarge++;
            } finally {
                lock.unlock();
            }
            return false;
        }

        /** Holds {@code bytes} in all, waiting for them until the deadline; false if it passed before. */
        boolean hold(long bytes, Deadline deadline) throws InterruptedException {
            lock.lockInterruptibly();
            try {
                while (!fits(bytes - own)) {
                    long left = deadline.remaining().toNanos();
                    if (left == 0) {
                        outOfTime++;
                        return false;
                    }
                    var _ = given.await(left, TimeUnit.NANOSECONDS);
                }
                change(bytes - own);
                return true;
            } finally {
                lock.unlock();
            }
        }

        private boolean fits(long more) {
            if (closed) {
                throw new IllegalStateException("the payload has been given back");
            }
            if (more <= 0) {
                return true;
            }
            Lease oldest = oldestFirst.getFirst();
            if (oldest == this) {
                return own + more <= most();
            }
            // What the oldest holds lies in the other half.
            long shared = held - oldest.own + more;
            long ofProvider =
                    heldBy.getOrDefault(provider, 0L) + more - (oldest.provider.equals(provider) ? oldest.own : 0);
            return ofProvider <= capacity / 2 - shared;
        }

        private void change(long more) {
            own += more;
            held += more;
            heldBy.merge(provider, more, Long::sum);
        }

        /** Gives back what is held; a second time does nothing. */
        @Override
        public void close() {
            lock.lock();
            try {
                if (!closed) {
                    change(-own);
                    closed = true;
                    oldestFirst.remove(this);
                    given.signalAll();
                }
            } finally {
                lock.unlock();
            }
        }
    }
}
