package io.marketbrain.model;

import java.time.Duration;

/**
 * The instant, on a monotonic clock, by which the response must be ready. Set once when the request arrives and passed
 * down, so that all layers share one time limit.
 */
public record Deadline(long atNanos, NanoClock ticker) {

    /** A deadline that is {@code after} from now. */
    public static Deadline in(Duration after, NanoClock ticker) {
        return new Deadline(ticker.nanos() + after.toNanos(), ticker);
    }

    /** The time left; zero, never negative, once the deadline has passed. */
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, atNanos - ticker.nanos()));
    }

    public boolean passed() {
        return atNanos - ticker.nanos() <= 0;
    }

    /** The earlier of this deadline and one that is {@code atMost} from now. */
    public Deadline within(Duration atMost) {
        long other = ticker.nanos() + atMost.toNanos();
        return other - atNanos < 0 ? new Deadline(other, ticker) : this;
    }
}
