package io.marketbrain.pipeline.resilience;

import io.marketbrain.model.SettingRange;
import io.soabase.recordbuilder.core.RecordBuilder;
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
