package io.marketbrain.pipeline.resilience;

import java.time.Duration;

/**
 * Settings of the circuit breaker.
 *
 * @param calls how many of the latest calls are evaluated
 * @param window the maximum age of a call that is evaluated
 * @param minimum how many calls there must be before the failure rate is evaluated
 * @param failurePercent the share of failed calls at which the breaker opens
 * @param openFor how long the breaker stays open at first; doubled each time the provider has not recovered
 * @param longestOpen the maximum time the breaker stays open
 * @param probes how many calls at a time may test whether the provider has recovered
 * @param successes how many of those must succeed in a row before the breaker closes
 */
public record BreakerConfig(
        int calls,
        Duration window,
        int minimum,
        int failurePercent,
        Duration openFor,
        Duration longestOpen,
        int probes,
        int successes) {
    public BreakerConfig {
        Checks.range(calls, 1, 1000, "resilience.breaker.calls");
        Checks.positive(window, "resilience.breaker.window");
        Checks.range(minimum, 1, calls, "resilience.breaker.minimum");
        Checks.range(failurePercent, 1, 100, "resilience.breaker.failure_percent");
        Checks.positive(openFor, "resilience.breaker.open_for");
        Checks.positive(longestOpen, "resilience.breaker.longest_open");
        Checks.range(probes, 1, 100, "resilience.breaker.probes");
        Checks.range(successes, 1, 100, "resilience.breaker.successes");
    }

    public static BreakerConfig defaults() {
        return new BreakerConfig(
                20, Duration.ofSeconds(60), 5, 50, Duration.ofSeconds(5), Duration.ofSeconds(60), 1, 2);
    }
}
