package io.marketbrain.telemetry.log;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The lines that wait for one sink, bounded in lines and in bytes. Lock-free: many threads add, one removes, and none
 * ever waits for another. A line keeps its place until it is removed, so a line being written still counts.
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

    /** Takes a place, to be filled by {@link #add} or given back by {@link #giveBack}; false when the queue is full. */
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

    /** Fills a reserved place; false, and the place given back, when the bytes do not fit. */
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

    /** Removes the first line and frees its place; only for the one thread that drains. */
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
