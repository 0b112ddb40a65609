package io.marketbrain.stream;

import io.marketbrain.model.stream.StreamEvent.Gap;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Notices from regular readings of two clocks that the process has not run for a while, as when a laptop sleeps: the clock of the
 * wall has gone on, or the rounds have come much too late. Not thread-safe.
 */
final class ClockWatch {
    /** Shorter pauses are noticed by whoever waits for data. */
    static final Duration BREAK = Duration.ofSeconds(10);

    private boolean any;
    private long lastNanos;
    private Instant lastTime = Instant.EPOCH;

    void reset() {
        any = false;
    }

    /** The time that is missing between this reading and the one before it. */
    Optional<Gap> findBreak(long nanos, Instant time) {
        Duration elapsed = Duration.ofNanos(nanos - lastNanos);
        Duration passed = Duration.between(lastTime, time);
        Instant before = lastTime;
        boolean broken = any
                && (elapsed.compareTo(BREAK) > 0 || passed.minus(elapsed).abs().compareTo(BREAK) > 0);
        any = true;
        lastNanos = nanos;
        lastTime = time;
        return broken
                ? Optional.of(new Gap(before, time, "the gateway did not run, or its clock was set"))
                : Optional.empty();
    }
}
