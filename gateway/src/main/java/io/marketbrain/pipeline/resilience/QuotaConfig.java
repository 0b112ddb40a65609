package io.marketbrain.pipeline.resilience;

import java.time.Duration;

/**
 * Settings of providers' quotas.
 *
 * @param percent how much of what a provider allows is used; the rest is for whoever else uses the same key
 * @param lowPercent how much of that background work may use
 * @param longestWait how long a person's request waits for the quota before it is refused
 */
public record QuotaConfig(int percent, int lowPercent, Duration longestWait) {
    public QuotaConfig {
        Checks.range(percent, 1, 100, "resilience.quota.percent");
        Checks.range(lowPercent, 1, 100, "resilience.quota.low_percent");
        if (longestWait.isNegative()) {
            throw new IllegalArgumentException("resilience.quota.longest_wait must not be negative");
        }
    }

    public static QuotaConfig defaults() {
        return new QuotaConfig(90, 80, Duration.ofSeconds(1));
    }
}
