package io.marketbrain.pipeline.resilience;

import java.time.Duration;

/**
 * Settings of the circuit breaker.
 *
 * @param calls how many of the latest calls are judged
 * @param window how far back a call is judged
 * @param minimum how many calls there must be before they are judged
 * @param failurePercent the share of failures at which the provider is left alone
 * @param openFor how long it is left alone at first; doubled each time that it has not recovered
 * @param longestOpen how long it is left alone at the most
 * @param probes how many calls may try at a time whether it has recovered
 * @param successes how many of those must succeed in a row before everybody may call again
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
