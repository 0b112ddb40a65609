package io.marketbrain.pipeline.resilience;

import java.time.Duration;

/**
 * Settings of resilience.
 *
 * @param bulkheadWaiting how many calls may wait for one provider, in addition to those in progress
 * @param unnamedWait how long no calls are made to a provider that throttles without a {@code Retry-After}
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
