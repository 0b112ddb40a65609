package io.marketbrain.pipeline.cache.redis;

/** Allows a few messages at once, and then one in a while; counts those in between. Thread-safe. */
final class RateOfTalk {
    private final int burst;
    private final long everyNanos;
    private double tokens;
    private long last;
    private boolean started;
    private long skipped;

    RateOfTalk(int burst, long everyNanos) {
        this.burst = burst;
        this.everyNanos = everyNanos;
        this.tokens = burst;
    }

    /** How many were skipped before this one, which may be said; -1 if it may not. */
    synchronized long mayTalk(long now) {
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
