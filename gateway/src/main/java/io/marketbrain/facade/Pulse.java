package io.marketbrain.facade;

import io.marketbrain.model.NanoClock;
import java.time.Duration;

/** A beat that is due a time after the last one. Not thread-safe. */
public final class Pulse {
    /** Waiting for a beat may end a moment too early. */
    private static final long EARLY_NANOS = Duration.ofMillis(50).toNanos();

    private final NanoClock clock;
    private final Duration period;
    private long lastNanos;

    public Pulse(NanoClock clock, Duration period) {
        this.clock = clock;
        this.period = period;
        this.lastNanos = clock.nanos();
    }

    public Duration period() {
        return period;
    }

    /** Whether it is time for a beat. */
    public boolean isDue() {
        return clock.nanos() - lastNanos >= period.toNanos() - EARLY_NANOS;
    }

    /** Starts the time to the next beat. */
    public void restart() {
        lastNanos = clock.nanos();
    }
}
