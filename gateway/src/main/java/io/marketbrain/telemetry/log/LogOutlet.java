package io.marketbrain.telemetry.log;

import io.marketbrain.concurrent.BackgroundLoop;
import io.marketbrain.model.NanoClock;
import java.time.Duration;

/**
 * One output of the log: a bounded queue, its counts, and a {@link SinkWriter} that writes the lines to a sink on a
 * separate thread. All methods return immediately, whatever the sink does. Thread-safe.
 *
 * <p>A line is added in two steps, so that it is not rendered when there is no room: {@link #admit}, then {@link #put}
 * or {@link #forgo}.
 */
final class LogOutlet {
    /** How often the thread looks for lines although none was announced. */
    private static final Duration IDLE_CHECK = Duration.ofMinutes(1);

    private final LineQueue queue;
    private final SinkCounters tally = new SinkCounters();
    private final SinkWriter writer;
    private final Runnable whenDrained;
    private final BackgroundLoop thread;
    private volatile boolean closed;
    private volatile boolean abandoned;
    private volatile boolean idle;

    LogOutlet(String name, LineQueue queue, Sink sink, SinkNotices notices, NanoClock nanoClock, Runnable whenDrained) {
        this.queue = queue;
        this.writer = new SinkWriter(this, queue, tally, sink, notices);
        this.whenDrained = whenDrained;
        this.thread = new BackgroundLoop("log-" + name, BackgroundLoop.Kind.DAEMON, nanoClock, this::writeOne);
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
            thread.wake();
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
        thread.wake();
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

    /** Writes the next line, if there is one; a round of the loop, which ends once there will be no more. */
    private Duration writeOne() {
        idle = false;
        if (!abandoned && writer.writeNext()) {
            return Duration.ZERO;
        }
        if (abandoned || (closed && queue.first() == null)) {
            whenDrained.run();
            return BackgroundLoop.END;
        }
        idle = true; // before the queue is looked at, so that a line put meanwhile wakes the thread
        return queue.first() == null && !closed ? IDLE_CHECK : Duration.ZERO;
    }
}
