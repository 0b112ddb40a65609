package io.marketbrain.telemetry.log;

import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * What became of the lines so far, a sink at a time: immutable, taken at one moment. In each count {@code emitted =
 * written + dropped + queued}, and {@code queued} is zero once the log is closed. The log's own announcements of drops are
 * not counted.
 *
 * @param terminal lines of every level
 * @param file lines of level ERROR, for the file
 */
public record LogCounts(OfSink terminal, OfSink file) {
    /** The counts of a log that has not been started. */
    public static final LogCounts NONE = new LogCounts(new OfSink(Map.of()), new OfSink(Map.of()));

    /** Lines that some sink did not get; a line lost to both counts twice. */
    public long dropped() {
        return terminal.dropped() + file.dropped();
    }

    /** The counts of one sink by level. */
    public record OfSink(Map<LogLevel, OfLevel> levels) {
        public OfSink {
            levels = Map.copyOf(levels);
        }

        public long emitted() {
            return sum(OfLevel::emitted);
        }

        public long written() {
            return sum(OfLevel::written);
        }

        public long dropped() {
            return sum(OfLevel::dropped);
        }

        public long queued() {
            return sum(OfLevel::queued);
        }

        private long sum(ToLongFunction<OfLevel> count) {
            return levels.values().stream().mapToLong(count).sum();
        }
    }

    /**
     * The counts of one level at one sink.
     *
     * @param emitted lines logged for the sink
     * @param written lines the sink took whole
     * @param dropped lines it never got, or not whole
     */
    public record OfLevel(long emitted, long written, long dropped) {

        /** Lines on their way. */
        public long queued() {
            return emitted - written - dropped;
        }
    }
}
