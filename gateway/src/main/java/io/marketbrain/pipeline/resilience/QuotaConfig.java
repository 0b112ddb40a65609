package io.marketbrain.pipeline.resilience;

import java.time.Duration;

/**
 * Settings of providers' quotas.
 *
 * @param percent the share of a provider's limit that the gateway uses, in percent; the rest is left for other users of
 *     the same key
 * @param lowPercent the share of that which background work may use, in percent
 * @param longestWait how long an interactive request waits for the quota before it is rejected
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
