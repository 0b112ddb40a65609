package io.marketbrain.facade;

import io.marketbrain.model.NanoClock;
import java.time.Duration;

/** A beat that is due a time after the last one or, where it tells only that the line is alive, after the last message. Not thread-safe. */
public final class Pulse {
    /** Waiting for a beat may end a moment too early. */
    private static final long EARLY_NANOS = Duration.ofMillis(50).toNanos();

    private final NanoClock clock;
    private final Duration period;
    private final boolean inSilenceOnly;
    private long lastNanos;

    /** @param inSilenceOnly whether a message counts as a beat */
    public Pulse(NanoClock clock, Duration period, boolean inSilenceOnly) {
        this.clock = clock;
        this.period = period;
        this.inSilenceOnly = inSilenceOnly;
        this.lastNanos = clock.nanos();
    }

    Duration period() {
        return period;
    }

    /**
     * Whether it is time for a beat, from which the time to the next one starts.
     *
     * @param said whether there is a message now
     */
    boolean beats(boolean said) {
        long now = clock.nanos();
        boolean spared = inSilenceOnly && said;
        boolean due = !spared && now - lastNanos >= period.toNanos() - EARLY_NANOS;
        if (spared || due) {
            lastNanos = now;
        }
        return due;
    }
}
