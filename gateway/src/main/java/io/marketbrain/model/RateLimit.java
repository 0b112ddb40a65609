package io.marketbrain.model;

import java.time.Duration;

/**
 * What a provider allows its callers: so much within any stretch of time.
 *
 * @param counts what is counted
 */
public record RateLimit(long amount, Duration per, Counts counts) {

    /** What a limit counts. */
    public enum Counts {
        /** Every request is one. */
        CALLS,
        /** Requests have weights, in the provider's own units. */
        WEIGHT
    }

    public RateLimit {
        if (amount < 1) {
            throw new IllegalArgumentException("a rate limit allows at least one");
        }
        if (!per.isPositive()) {
            throw new IllegalArgumentException("a rate limit is per some time");
        }
    }

    /** {@code 6000 weight per 60 s}. */
    @Override
    public String toString() {
        return amount + " " + (counts == Counts.CALLS ? "calls" : "weight") + " per " + per.toSeconds() + " s";
    }
}
