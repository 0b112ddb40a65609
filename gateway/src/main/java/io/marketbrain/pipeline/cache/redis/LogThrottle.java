package io.marketbrain.pipeline.cache.redis;

/** Limits a log message to a burst and then one per interval, and counts those suppressed. Thread-safe. */
final class LogThrottle {
    private final int burst;
    private final long everyNanos;
    private double tokens;
    private long last;
    private boolean started;
    private long skipped;

    LogThrottle(int burst, long everyNanos) {
        this.burst = burst;
        this.everyNanos = everyNanos;
        this.tokens = burst;
    }

    /** Returns how many messages were suppressed before this one, which may be logged, or -1 if this one is suppressed too. */
    synchronized long tryLog(long now) {
        if (started) {
            tokens = Math.min(burst, tokens + (double) (now - last) / everyNanos);
        }
        started = true;
        last = now;
        if (tokens < 1) {
            skipped++;
            return -1;
        }
        tokens--;
        long said = skipped;
        skipped = 0;
        return said;
    }
}
