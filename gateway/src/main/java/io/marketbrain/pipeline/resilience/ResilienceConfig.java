package io.marketbrain.pipeline.resilience;

import io.marketbrain.model.SettingRange;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;

/**
 * Settings of resilience.
 *
 * @param bulkheadWaiting how many calls may wait for one provider, in addition to those in progress
 * @param unnamedWait how long no calls are made to a provider that throttles without a {@code Retry-After}
 */
@RecordBuilder
public record ResilienceConfig(
        RetryConfig retry,
        BreakerConfig breaker,
        TimeoutConfig timeout,
        QuotaConfig quota,
        int bulkheadWaiting,
        Duration unnamedWait)
        implements ResilienceConfigBuilder.With {
    public static final SettingRange<Integer> BULKHEAD_WAITING =
            SettingRange.of("resilience.bulkhead.waiting", 0, 100_000);
    public static final SettingRange<Duration> DEFAULT_RETRY_AFTER =
            SettingRange.of("resilience.default_retry_after", Duration.ofMillis(1), Duration.ofHours(1));

    public ResilienceConfig {
        BULKHEAD_WAITING.check(bulkheadWaiting);
        DEFAULT_RETRY_AFTER.check(unnamedWait);
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
