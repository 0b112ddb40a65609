package io.marketbrain.pipeline.resilience;

import java.time.Duration;

/**
 * Settings of retries.
 *
 * @param attempts how often a request is sent in all; 1 switches retries off
 * @param firstDelay the mean of the random wait before the first retry; each further one doubles it
 * @param longestDelay the longest wait that a request is held for; a provider that names a longer one is not retried
 * @param budgetPercent how many retries a hundred requests earn, so that a provider in trouble is not hit twice as hard
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
