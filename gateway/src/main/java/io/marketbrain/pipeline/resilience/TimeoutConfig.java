package io.marketbrain.pipeline.resilience;

import java.time.Duration;

/**
 * Settings of the time given to one attempt at a provider.
 *
 * @param shortest what an attempt gets at the least, however quick the provider usually is
 * @param first what an attempt gets before the provider's speed is known
 * @param longest what an attempt gets at the most, however slow the provider is
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
