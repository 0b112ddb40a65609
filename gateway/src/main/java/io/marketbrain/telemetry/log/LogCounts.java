package io.marketbrain.telemetry.log;

import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * A snapshot of how many lines were emitted, written and dropped, by sink. In each count
 * {@code emitted = written + dropped + queued}, and {@code queued} is zero once the log is closed. The log's own
 * announcements of dropped lines are not counted. Immutable.
 *
 * @param terminal lines of every level
 * @param file lines of level ERROR, for the file
 */
public record LogCounts(OfSink terminal, OfSink file) {
    /** The counts of a log that has not been started. */
    public static final LogCounts NONE = new LogCounts(new OfSink(Map.of()), new OfSink(Map.of()));

    /** Lines that a sink did not get; a line that both sinks missed counts twice. */
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
     * @param written lines written completely
     * @param dropped lines not written, or only partly
     */
    public record OfLevel(long emitted, long written, long dropped) {

        /** Lines still queued. */
        public long queued() {
            return emitted - written - dropped;
        }
    }
}
