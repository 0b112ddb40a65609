package io.marketbrain.pipeline.resilience;

import io.marketbrain.pipeline.BackgroundLimits;
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
        ResilienceConfig.BULKHEAD_WAITING.check(waiting);
        BackgroundLimits.PERCENT.check(lowPercent);
        BackgroundLimits.MAX_WAIT.check(lowStarvation);
    }
}
