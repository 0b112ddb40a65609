package io.marketbrain.pipeline.orchestration;

import io.marketbrain.model.SettingRange;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;
import java.util.Optional;

/**
 * Settings of orchestration.
 *
 * @param credentialsRecheck how long after a rejection the credentials are tried again
 * @param hedgeAfter for queries to any provider, how long the first provider may take before the request is also sent
 *     to a second one; empty disables hedging
 * @param hedgePercent the maximum share of requests that are hedged, in percent
 */
@RecordBuilder
public record OrchestrationConfig(Duration credentialsRecheck, Optional<Duration> hedgeAfter, int hedgePercent)
        implements OrchestrationConfigBuilder.With {
    public static final SettingRange<Duration> CREDENTIALS_RECHECK =
            SettingRange.of("orchestration.credentials_recheck", Duration.ofMillis(1), Duration.ofDays(1));
    public static final SettingRange<Duration> HEDGE_AFTER =
            SettingRange.of("orchestration.hedge_after", Duration.ofMillis(1), Duration.ofMinutes(1));
    public static final SettingRange<Integer> HEDGE_PERCENT = SettingRange.of("orchestration.hedge_percent", 1, 100);

    public OrchestrationConfig {
        CREDENTIALS_RECHECK.check(credentialsRecheck);
        hedgeAfter.ifPresent(HEDGE_AFTER::check);
        HEDGE_PERCENT.check(hedgePercent);
    }

    public static OrchestrationConfig defaults() {
        return new OrchestrationConfig(Duration.ofMinutes(5), Optional.empty(), 10);
    }
}
