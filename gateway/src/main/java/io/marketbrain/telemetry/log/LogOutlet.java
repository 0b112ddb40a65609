package io.marketbrain.telemetry.log;

import java.util.concurrent.locks.LockSupport;

/**
 * One output of the log: a bounded queue, its counts, and a {@link SinkWriter} that writes the lines to a sink on a
 * separate thread. All methods return immediately, whatever the sink does. Thread-safe.
 *
 * <p>A line is added in two steps, so that it is not rendered when there is no room: {@link #admit}, then {@link #put}
 * or {@link #forgo}.
 */
final class LogOutlet {

    private final LineQueue queue;
    private final SinkCounters tally = new SinkCounters();
    private final Thread thread;
    private volatile boolean closed;
    private volatile boolean abandoned;
    private volatile boolean idle;

    LogOutlet(String name, LineQueue queue, Sink sink, SinkNotices notices, Runnable whenDrained) {
        this.queue = queue;
        SinkWriter drainer = new SinkWriter(this, queue, tally, sink, notices);
        this.thread = Thread.ofPlatform().daemon().name("log-" + name).unstarted(() -> {
            drainer.run();
            whenDrained.run();
        });
    }

    void start() {
        thread.start();
    }

    /**
     * Counts a line as emitted and reserves a place for it; if true, the caller must call {@link #put} or
     * {@link #forgo}.
     */
    boolean admit(LogLevel level) {
        tally.emitted(level);
        if (!closed && queue.reserve()) {
            return true;
        }
        tally.dropped(level);
        return false;
    }

    /** Queues an admitted line, or drops and counts it if its bytes do not fit. */
    void put(LogLevel level, byte[] line) {
        if (!queue.add(new QueuedLine(level, line))) {
            tally.dropped(level);
            return;
        }
        if (idle) {
            LockSupport.unpark(thread);
        }
        if (abandoned) {
            dropQueued();
        }
    }

    /** Releases the place of an admitted line and counts the line as dropped. */
    void forgo(LogLevel level) {
        queue.giveBack();
        tally.dropped(level);
    }

    LogCounts.OfSink counts() {
        return tally.counts();
    }

    /** Accepts no more lines; queued lines are still written. */
    void close() {
        closed = true;
        LockSupport.unpark(thread);
    }

    /** Drops and counts all lines still queued, including the one that is being written. */
    void abandon() {
        abandoned = true;
        dropQueued();
    }

    private void dropQueued() {
        queue.forEach(line -> {
            if (line.settle()) {
                tally.dropped(line.level());
            }
        });
    }

    boolean isAbandoned() {
        return abandoned;
    }

    /** Blocks the drainer until there is a line; false when no more will come. May wake up spuriously. */
    boolean awaitLine() {
        if (closed) {
            return queue.first() != null;
        }
        idle = true;
        if (queue.first() == null && !closed) {
            LockSupport.park(this);
        }
        idle = false;
        return true;
    }
}
