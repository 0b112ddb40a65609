package io.marketbrain.model.cost;

import java.time.Duration;

/**
 * A provider's rate limit: the amount allowed within any period of the given length.
 *
 * @param counts the unit of {@code amount}
 */
public record RateLimit(long amount, Duration per, Counts counts) {

    /** The unit of a rate limit. */
    public enum Counts {
        /** Every request counts as one. */
        CALLS,
        /** Each request counts with its weight, in the provider's own units. */
        WEIGHT
    }

    public RateLimit {
        if (amount < 1) {
            throw new IllegalArgumentException("the amount of a rate limit must be at least 1");
        }
        if (!per.isPositive()) {
            throw new IllegalArgumentException("the period of a rate limit must be positive");
        }
    }

    /** {@code 6000 weight per 60 s}. */
    @Override
    public String toString() {
        return amount + " " + (counts == Counts.CALLS ? "calls" : "weight") + " per " + per.toSeconds() + " s";
    }
}
