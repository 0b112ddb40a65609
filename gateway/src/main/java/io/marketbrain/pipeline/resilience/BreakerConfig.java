package io.marketbrain.pipeline.resilience;

import io.marketbrain.model.SettingRange;
import io.soabase.recordbuilder.core.RecordBuilder;
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
@RecordBuilder
public record BreakerConfig(
        int calls,
        Duration window,
        int minimum,
        int failurePercent,
        Duration openFor,
        Duration longestOpen,
        int probes,
        int successes)
        implements BreakerConfigBuilder.With {
    public static final SettingRange<Integer> CALLS =
            SettingRange.of("resilience.breaker.calls", 1, 1000).and("not below resilience.breaker.minimum");
    public static final SettingRange<Duration> WINDOW =
            SettingRange.of("resilience.breaker.window", Duration.ofMillis(1), Duration.ofHours(1));
    public static final SettingRange<Integer> MINIMUM =
            SettingRange.of("resilience.breaker.minimum", 1, 1000).and("not above resilience.breaker.calls");
    public static final SettingRange<Integer> FAILURE_PERCENT =
            SettingRange.of("resilience.breaker.failure_percent", 1, 100);
    public static final SettingRange<Duration> OPEN_FOR =
            SettingRange.of("resilience.breaker.open_for", Duration.ofMillis(1), Duration.ofHours(1));
    public static final SettingRange<Duration> MAX_OPEN =
            SettingRange.of("resilience.breaker.max_open", Duration.ofMillis(1), Duration.ofHours(1));
    public static final SettingRange<Integer> PROBES = SettingRange.of("resilience.breaker.probes", 1, 100);
    public static final SettingRange<Integer> SUCCESSES = SettingRange.of("resilience.breaker.successes", 1, 100);

    public BreakerConfig {
        CALLS.check(calls);
        WINDOW.check(window);
        MINIMUM.check(minimum, minimum <= calls);
        FAILURE_PERCENT.check(failurePercent);
        OPEN_FOR.check(openFor);
        MAX_OPEN.check(longestOpen);
        PROBES.check(probes);
        SUCCESSES.check(successes);
    }

    public static BreakerConfig defaults() {
        return new BreakerConfig(
                20, Duration.ofSeconds(60), 5, 50, Duration.ofSeconds(5), Duration.ofSeconds(60), 1, 2);
    }
}
