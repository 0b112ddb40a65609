package io.marketbrain.pipeline.resilience;

import java.time.Duration;

/**
 * Settings of resilience.
 *
 * @param bulkheadWaiting how many calls may wait for a place at one provider, beside those under way
 * @param unnamedWait how long a provider is left alone that asks for fewer calls without saying for how long
 */
public record ResilienceConfig(
        RetryConfig retry,
        BreakerConfig breaker,
        TimeoutConfig timeout,
        QuotaConfig quota,
        int bulkheadWaiting,
        Duration unnamedWait) {
    public ResilienceConfig {
        Checks.range(bulkheadWaiting, 0, 100_000, "resilience.bulkhead.waiting");
        Checks.positive(unnamedWait, "resilience.unnamed_wait");
    }

    public static ResilienceConfig defaults() {
        return new ResilienceConfig(
                RetryConfig.defaults(),
                BreakerConfig.defaults(),
                TimeoutConfig.defaults(),
                QuotaConfig.defaults(),
                20,
                Duration.ofSeconds(10));
    }
}
