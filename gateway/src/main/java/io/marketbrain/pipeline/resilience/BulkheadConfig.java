package io.marketbrain.pipeline.resilience;

import io.marketbrain.pipeline.BackgroundLimits;
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
        ResilienceConfig.BULKHEAD_WAITING.check(waiting);
        BackgroundLimits.PERCENT.check(lowPercent);
        BackgroundLimits.MAX_WAIT.check(lowStarvation);
    }
}
