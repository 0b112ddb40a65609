package io.marketbrain.pipeline.resilience;

import java.time.Duration;

/**
 * Settings of the bulkhead.
 *
 * @param waiting how many interactive calls may wait for one provider, and how many background calls
 * @param lowPercent the share of the concurrent calls that background work may hold, in percent; at least one call
 * @param lowStarvation after how long without background calls one goes before interactive ones
 */
public record BulkheadConfig(int waiting, int lowPercent, Duration lowStarvation) {
    public BulkheadConfig {
        Checks.range(waiting, 0, 100_000, "resilience.bulkhead.waiting");
        Checks.range(lowPercent, 1, 100, "qos.low_percent");
        Checks.positive(lowStarvation, "qos.low_starvation");
    }
}
