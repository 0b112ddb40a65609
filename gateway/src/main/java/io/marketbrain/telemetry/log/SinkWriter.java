package io.marketbrain.telemetry.log;

import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes the lines of one {@link LogOutlet} to its sink, one by one, on the outlet's thread, which is the only one that
 * waits for the sink. A line that the sink rejects is counted as dropped and not retried. Dropped lines are announced
 * when the queue is empty or, under sustained overload, after every {@value #LINES_BETWEEN_ANNOUNCEMENTS} lines.
 */
final class SinkWriter {

    private static final int LINES_BETWEEN_ANNOUNCEMENTS = 1000;

    private final LogOutlet outlet;
    private final LineQueue queue;
    private final SinkCounters tally;
    private final Sink sink;
    private final SinkNotices notices;
    private final UnreportedDrops losses;
    private int sinceAnnouncement;
    private boolean failing;

    SinkWriter(LogOutlet outlet, LineQueue queue, SinkCounters tally, Sink sink, SinkNotices notices) {
        this.outlet = outlet;
        this.queue = queue;
        this.tally = tally;
        this.sink = sink;
        this.notices = notices;
        this.losses = new UnreportedDrops(tally);
    }

    /** Writes and removes the first line of the queue; false if there is none. */
    boolean writeNext() {
        QueuedLine line = queue.first();
        if (line == null) {
            return false;
        }
        try {
            writeAndCount(line);
        } finally {
            queue.removeFirst(); // whatever happens, so that no line is tried for ever
        }
        announceDrops();
        return true;
    }

    private void writeAndCount(QueuedLine line) {
        boolean written = false;
        try {
            written = write(line.bytes());
        } finally {
            if (line.settle()) {
                if (written) {
                    tally.written(line.level());
                } else {
                    tally.dropped(line.level());
                }
            }
        }
    }

    private void announceDrops() {
        sinceAnnouncement++;
        boolean due = queue.first() == null || sinceAnnouncement >= LINES_BETWEEN_ANNOUNCEMENTS;
        if (due && losses.any() && !failing && !outlet.isAbandoned()) {
            sinceAnnouncement = 0;
            Map<LogLevel, Long> unreported = losses.unreported();
            if (write(notices.lost(UnreportedDrops.inWords(unreported)))) {
                losses.reported(unreported);
            }
        }
    }

    private boolean write(byte[] line) {
        IOException failure = tryWrite(line);
        if (failure == null && failing) {
            failing = false;
            notices.recovered();
        } else if (failure != null && !failing) {
            failing = true;
            notices.failing(failure);
        }
        return failure == null;
    }

    private @Nullable IOException tryWrite(byte[] line) {
        try {
            sink.write(line);
            return null;
        } catch (IOException e) {
            return e;
        } catch (Throwable e) {
            return new IOException(e);
        }
    }
}
