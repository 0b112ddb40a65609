package io.marketbrain.provider.feed;

import java.time.Duration;

/**
 * How often something happens: an estimate of the median time between two events, in constant memory. Each event moves the
 * estimate a tenth towards its side, so that half of them are above it in the long run. Not thread-safe.
 */
final class Rhythm {
    private static final int ENOUGH = 5;
    private static final double STEP = 0.1;

    private long lastNanos;
    private int events;
    private double medianNanos;

    void event(long nanos) {
        if (events > 0) {
            double gap = Math.max(1, nanos - lastNanos);
            if (events == 1) {
                medianNanos = gap;
            } else {
                medianNanos *= gap > medianNanos ? 1 + STEP : 1 - STEP;
            }
        }
        lastNanos = nanos;
        events = Math.min(events + 1, ENOUGH + 1);
    }

    /** Begins anew after a break, which is not part of the rhythm. */
    void restart(long nanos) {
        lastNanos = nanos;
    }

    /** Whether nothing has happened for {@code times} the median, and at least for {@code least}. */
    boolean silent(long nanos, int times, Duration least) {
        double limit = Math.max(times * medianNanos, (double) least.toNanos());
        return events > ENOUGH && nanos - lastNanos > limit;
    }
}
