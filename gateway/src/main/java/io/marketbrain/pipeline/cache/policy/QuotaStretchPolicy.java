package io.marketbrain.pipeline.cache.policy;

import java.time.Duration;

/**
 * Decides how much longer data is fresh while little is left of its provider's quota, so that the rest lasts: below half in
 * inverse proportion to what is left, at a tenth five times as long. Pure.
 */
final class QuotaStretchPolicy {
    /** In percent; with more left nothing is stretched. */
    private static final int PLENTY = 50;

    private QuotaStretchPolicy() {}

    /**
     * The time for which data is fresh.
     *
     * @param ordinary the time with a full quota
     * @param percentLeft what is left of the quota
     * @param most the largest factor
     */
    static Duration fresh(Duration ordinary, int percentLeft, int most) {
        if (percentLeft >= PLENTY) {
            return ordinary;
        }
        Duration longest = ordinary.multipliedBy(most);
        Duration stretched = ordinary.multipliedBy(PLENTY).dividedBy(Math.max(1, percentLeft));
        return stretched.compareTo(longest) < 0 ? stretched : longest;
    }
}
