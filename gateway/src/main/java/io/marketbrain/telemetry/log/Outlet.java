package io.marketbrain.telemetry.log;

import java.util.concurrent.locks.LockSupport;

/**
 * One way out of the log: a bounded queue, its counts, and the {@link Drainer} that carries its lines to a sink on a
 * thread of its own. Every method returns at once, whatever the sink does.
 *
 * <p>A line goes through in two steps, so that the work of rendering is spared where there is no room: {@link #admit},
 * then {@link #put} or {@link #forgo}.
 */
final class Outlet {

    private final LineQueue queue;
    private final Tally tally = new Tally();
    private final Thread thread;
    private volatile boolean closed;
    private volatile boolean abandoned;
    private volatile boolean idle;

    Outlet(String name, LineQueue queue, Sink sink, Notices notices, Runnable whenDrained) {
        this.queue = queue;
        Drainer drainer = new Drainer(this, queue, tally, sink, notices);
        this.thread = Thread.ofPlatform().daemon().name("log-" + name).unstarted(() -> {
            drainer.run();
            whenDrained.run();
        });
    }

    void start() {
        thread.start();
    }

    /** Counts a line as emitted; true when there is a place for it, which the caller must then use or give back. */
    boolean admit(LogLevel level) {
        tally.emitted(level);
        if (!closed && queue.reserve()) {
            return true;
        }
        tally.dropped(level);
        return false;
    }

    /** Queues an admitted line, or drops and counts it where its bytes do not fit. */
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

    /** Gives the place of an admitted line back and counts the line as dropped. */
    void forgo(LogLevel level) {
        queue.giveBack();
        tally.dropped(level);
    }

    LogCounts.OfSink counts() {
        return tally.counts();
    }

    /** Takes no more lines; those queued are still written. */
    void close() {
        closed = true;
        LockSupport.unpark(thread);
    }

    /** Gives up what is still queued, the line in the sink's hands included, and counts it as dropped. */
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

    /** Lets the drainer sleep until there is a line; false when there will be none. Wake-ups without cause happen. */
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
