package io.marketbrain.pipeline.resilience;

import io.marketbrain.model.SettingRange;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;

/**
 * Settings of retries.
 *
 * @param attempts how often a request is sent in total; 1 disables retries
 * @param firstDelay the mean of the random wait before the first retry; it doubles with each further retry
 * @param longestDelay the longest wait before a retry; if the provider asks for a longer one, the request is not
 *     retried
 * @param budgetPercent how many retries a hundred requests earn, so that retries do not overload a failing provider
 *     further
 */
@RecordBuilder
public record RetryConfig(int attempts, Duration firstDelay, Duration longestDelay, int budgetPercent)
        implements RetryConfigBuilder.With {
    public static final SettingRange<Integer> ATTEMPTS = SettingRange.of("resilience.retry.attempts", 1, 10);
    public static final SettingRange<Duration> FIRST_DELAY =
            SettingRange.of("resilience.retry.first_delay", Duration.ofMillis(1), Duration.ofHours(1));
    public static final SettingRange<Duration> MAX_DELAY =
            SettingRange.of("resilience.retry.max_delay", Duration.ofMillis(1), Duration.ofHours(1));
    public static final SettingRange<Integer> BUDGET_PERCENT =
            SettingRange.of("resilience.retry.budget_percent", 0, 100);

    public RetryConfig {
        ATTEMPTS.check(attempts);
        FIRST_DELAY.check(firstDelay);
        MAX_DELAY.check(longestDelay);
        BUDGET_PERCENT.check(budgetPercent);
    }

    public static RetryConfig defaults() {
        return new RetryConfig(3, Duration.ofMillis(100), Duration.ofSeconds(2), 20);
    }
}
