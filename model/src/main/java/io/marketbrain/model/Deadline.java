package io.marketbrain.model;

import java.time.Duration;

/**
 * The instant, on a monotonic clock, by which the response must be ready. Set once when the request arrives and passed
 * down, so that all layers share one time limit.
 */
public record Deadline(long atNanos, NanoClock nanoClock) {

    /** A deadline that is {@code after} from now. */
    public static Deadline in(Duration after, NanoClock nanoClock) {
        return new Deadline(nanoClock.nanos() + after.toNanos(), nanoClock);
    }

    /** The time left; zero, never negative, once the deadline has passed. */
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, atNanos - nanoClock.nanos()));
    }

    public boolean passed() {
        return atNanos - nanoClock.nanos() <= 0;
    }

    /** The earlier of this deadline and one that is {@code atMost} from now. */
    public Deadline within(Duration atMost) {
        long other = nanoClock.nanos() + atMost.toNanos();
        return other - atNanos < 0 ? new Deadline(other, nanoClock) : this;
    }
}
