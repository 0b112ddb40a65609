package io.marketbrain.pipeline.resilience;

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
public record RetryConfig(int attempts, Duration firstDelay, Duration longestDelay, int budgetPercent) {
    public RetryConfig {
        Checks.range(attempts, 1, 10, "resilience.retry.attempts");
        Checks.positive(firstDelay, "resilience.retry.first_delay");
        Checks.positive(longestDelay, "resilience.retry.longest_delay");
        Checks.range(budgetPercent, 0, 100, "resilience.retry.budget_percent");
    }

    public static RetryConfig defaults() {
        return new RetryConfig(3, Duration.ofMillis(100), Duration.ofSeconds(2), 20);
    }
}
