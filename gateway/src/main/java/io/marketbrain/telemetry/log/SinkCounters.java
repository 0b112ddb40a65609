package io.marketbrain.telemetry.log;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/** The counters of one sink, by level. Thread-safe and lock-free. */
final class SinkCounters {
    private final Map<LogLevel, Counter> counters = new EnumMap<>(LogLevel.class);

    SinkCounters() {
        for (LogLevel level : LogLevel.values()) {
            counters.put(level, new Counter(new AtomicLong(), new AtomicLong(), new AtomicLong()));
        }
    }

    void emitted(LogLevel level) {
        counter(level).emitted.incrementAndGet();
    }

    void written(LogLevel level) {
        counter(level).written.incrementAndGet();
    }

    void dropped(LogLevel level) {
        counter(level).dropped.incrementAndGet();
    }

    /** Dropped lines of all levels. */
    long dropped() {
        long sum = 0;
        for (Counter counter : counters.values()) {
            sum += counter.dropped.get();
        }
        return sum;
    }

    LogCounts.OfSink counts() {
        Map<LogLevel, LogCounts.OfLevel> levels = new EnumMap<>(LogLevel.class);
        counters.forEach((level, counter) -> levels.put(level, counter.count()));
        return new LogCounts.OfSink(levels);
    }

    private Counter counter(LogLevel level) {
        return Objects.requireNonNull(counters.get(level));
    }

    private record Counter(AtomicLong emitted, AtomicLong written, AtomicLong dropped) {
        /**
         * The written and dropped counts are read before the emitted count, so that the number of queued lines is never
         * negative.
         */
        LogCounts.OfLevel count() {
            long out = written.get();
            long lost = dropped.get();
            return new LogCounts.OfLevel(emitted.get(), out, lost);
        }
    }
}
