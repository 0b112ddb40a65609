package io.marketbrain.telemetry.log;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The lines waiting for one sink, bounded in number and in bytes. Lock-free: many threads add, one removes, and none
 * waits for another. A line counts until it is removed, so a line that is being written still counts.
 */
final class LineQueue {

    private final int maxLines;
    private final long maxBytes;
    private final AtomicInteger places = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private final ConcurrentLinkedQueue<QueuedLine> lines = new ConcurrentLinkedQueue<>();

    LineQueue(int maxLines, long maxBytes) {
        this.maxLines = maxLines;
        this.maxBytes = maxBytes;
    }

    /**
     * Reserves a place, which must be filled by {@link #add} or returned by {@link #giveBack}; false when the queue is
     * full.
     */
    boolean reserve() {
        for (int taken = places.get(); taken < maxLines; taken = places.get()) {
            if (places.compareAndSet(taken, taken + 1)) {
                return true;
            }
        }
        return false;
    }

    void giveBack() {
        places.decrementAndGet();
    }

    /** Fills a reserved place. If the bytes do not fit, returns false and releases the place. */
    boolean add(QueuedLine line) {
        int size = line.bytes().length;
        for (long held = bytes.get(); held + size <= maxBytes; held = bytes.get()) {
            if (bytes.compareAndSet(held, held + size)) {
                lines.add(line);
                return true;
            }
        }
        giveBack();
        return false;
    }

    @Nullable
    QueuedLine first() {
        return lines.peek();
    }

    /** Removes the first line and frees its place; may be called only by the draining thread. */
    void removeFirst() {
        QueuedLine line = lines.poll();
        if (line != null) {
            bytes.addAndGet(-line.bytes().length);
            giveBack();
        }
    }

    void forEach(Consumer<QueuedLine> action) {
        lines.forEach(action);
    }
}
