package io.marketbrain.pipeline.cache.tier;

import java.time.Duration;
import java.util.OptionalLong;

/** Permits one log message per interval and counts those suppressed since the last one. Thread-safe. */
final class LogInterval {
    private final long intervalNanos;
    private boolean started;
    private long last;
    private long suppressed;

    LogInterval(Duration interval) {
        this.intervalNanos = interval.toNanos();
    }

    /** The number of messages suppressed before this one, if it may be logged. */
    synchronized OptionalLong tryLog(long now) {
        if (started && now - last < intervalNanos) {
            suppressed++;
            return OptionalLong.empty();
        }
        started = true;
        last = now;
        long before = suppressed;
        suppressed = 0;
        return OptionalLong.of(before);
    }
}
