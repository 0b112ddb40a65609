package io.marketbrain.pipeline.resilience;

import java.time.Duration;

/**
 * Settings of the bulkhead.
 *
 * @param waiting how many calls of people may wait for a place at one provider, and how many of background work
 * @param lowPercent the share of the places that background work may hold, in percent; at least one place
 * @param lowStarvation after how long without any background call one goes before people
 */
public record BulkheadConfig(int waiting, int lowPercent, Duration lowStarvation) {
    public BulkheadConfig {
        Checks.range(waiting, 0, 100_000, "resilience.bulkhead.waiting");
        Checks.range(lowPercent, 1, 100, "qos.low_percent");
        Checks.positive(lowStarvation, "qos.low_starvation");
    }
}
