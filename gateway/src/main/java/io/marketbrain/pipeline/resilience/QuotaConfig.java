package io.marketbrain.pipeline.resilience;

import io.marketbrain.model.SettingRange;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;

/**
 * Settings of providers' quotas.
 *
 * @param percent the share of a provider's limit that the gateway uses, in percent; the rest is left for other users of
 *     the same key
 * @param lowPercent the share of that which background work may use, in percent
 * @param longestWait how long an interactive request waits for the quota before it is rejected
 */
@RecordBuilder
public record QuotaConfig(int percent, int lowPercent, Duration longestWait) implements QuotaConfigBuilder.With {
    public static final SettingRange<Integer> PERCENT = SettingRange.of("resilience.quota.percent", 1, 100);
    public static final SettingRange<Integer> BACKGROUND_PERCENT =
            SettingRange.of("resilience.quota.background_percent", 1, 100);
    public static final SettingRange<Duration> MAX_WAIT =
            SettingRange.of("resilience.quota.max_wait", Duration.ZERO, Duration.ofHours(1));

    public QuotaConfig {
        PERCENT.check(percent);
        BACKGROUND_PERCENT.check(lowPercent);
        MAX_WAIT.check(longestWait);
    }

    public static QuotaConfig defaults() {
        return new QuotaConfig(90, 80, Duration.ofSeconds(1));
    }
}
