package io.marketbrain.pipeline.resilience;

import io.marketbrain.model.SettingRange;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;

/**
 * Settings of the time limit for one attempt at a provider.
 *
 * @param shortest the minimum time limit, however fast the provider usually is
 * @param first the time limit before the provider's latency is known
 * @param longest the maximum time limit, however slow the provider is
 */
@RecordBuilder
public record TimeoutConfig(Duration shortest, Duration first, Duration longest) implements TimeoutConfigBuilder.With {
    public static final SettingRange<Duration> MIN = SettingRange.of(
                    "resilience.timeout.min", Duration.ofMillis(1), Duration.ofHours(1))
            .and("not longer than resilience.timeout.initial");
    public static final SettingRange<Duration> INITIAL = SettingRange.of(
                    "resilience.timeout.initial", Duration.ofMillis(1), Duration.ofHours(1))
            .and("between resilience.timeout.min and resilience.timeout.max");
    public static final SettingRange<Duration> MAX = SettingRange.of(
                    "resilience.timeout.max", Duration.ofMillis(1), Duration.ofHours(1))
            .and("not shorter than resilience.timeout.initial");

    public TimeoutConfig {
        MIN.check(shortest);
        INITIAL.check(first, first.compareTo(shortest) >= 0);
        MAX.check(longest, longest.compareTo(first) >= 0);
    }

    public static TimeoutConfig defaults() {
        return new TimeoutConfig(Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(10));
    }
}
