package io.marketbrain.model;

import java.time.Duration;

/**
 * The instant, on a monotonic clock, after which nobody waits for the answer any more. Made once at the edge and
 * passed down, so that every layer shares one budget of time.
 */
public record Deadline(long atNanos, Ticker ticker) {

    /** A deadline that lies {@code after} from now. */
    public static Deadline in(Duration after, Ticker ticker) {
        return new Deadline(ticker.nanos() + after.toNanos(), ticker);
    }

    /** What is left; zero, never negative, once it has passed. */
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, atNanos - ticker.nanos()));
    }

    public boolean passed() {
        return atNanos - ticker.nanos() <= 0;
    }

    /** The earlier of this deadline and one that lies {@code atMost} from now. */
    public Deadline within(Duration atMost) {
        long other = ticker.nanos() + atMost.toNanos();
        return other - atNanos < 0 ? new Deadline(other, ticker) : this;
    }
}
