package io.marketbrain.pipeline.resilience;

import java.time.Duration;

/**
 * Settings of the time limit for one attempt at a provider.
 *
 * @param shortest the minimum time limit, however fast the provider usually is
 * @param first the time limit before the provider's latency is known
 * @param longest the maximum time limit, however slow the provider is
 */
public record TimeoutConfig(Duration shortest, Duration first, Duration longest) {
    public TimeoutConfig {
        Checks.positive(shortest, "resilience.timeout.shortest");
        if (first.compareTo(shortest) < 0 || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException(
                    "resilience.timeout: shortest must not be longer than first, nor first longer than longest");
        }
    }

    public static TimeoutConfig defaults() {
        return new TimeoutConfig(Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(10));
    }
}
