package io.marketbrain.pipeline.cache.policy;

import io.marketbrain.model.SettingRange;
import java.time.Duration;

/**
 * How old the own time ({@code as_of}) of a live quote or order book may be before it counts as stale, however recently it
 * was fetched. Only time in which its market is certainly open counts.
 *
 * @param continuous in markets that trade around the clock: crypto, and on weekdays foreign exchange and commodities
 * @param sessions in markets with sessions: stocks, funds traded on an exchange, and indices
 */
public record QuoteLagConfig(Duration continuous, Duration sessions) {
    public static final SettingRange<Duration> QUOTE_MAX_LAG =
            SettingRange.of("cache.quote_max_lag", Duration.ofSeconds(1), Duration.ofDays(30));
    public static final SettingRange<Duration> SESSION_QUOTE_MAX_LAG =
            SettingRange.of("cache.session_quote_max_lag", Duration.ofSeconds(1), Duration.ofDays(30));

    public QuoteLagConfig {
        QUOTE_MAX_LAG.check(continuous);
        SESSION_QUOTE_MAX_LAG.check(sessions);
    }

    public static QuoteLagConfig defaults() {
        return new QuoteLagConfig(Duration.ofMinutes(5), Duration.ofMinutes(30));
    }
}
