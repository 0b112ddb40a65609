package io.marketbrain.provider.registry;

import io.marketbrain.model.SettingRange;
import java.time.Duration;

/**
 * The settings of the lists of instruments of live providers.
 *
 * @param maxAge how old a list may be before it is fetched again: 10 minutes to 30 days
 * @param retryAfter how long after a failed fetch the next one is tried: 1 s to 1 day
 * @param longestWait how long a symbol that only the list can explain waits for it: 0 to 10 s
 * @param fetchTimeout how long fetching a list may take: 1 to 60 s
 */
public record SymbolListConfig(Duration maxAge, Duration retryAfter, Duration longestWait, Duration fetchTimeout) {
    public static final SettingRange<Duration> MAX_AGE =
            SettingRange.of("symbols.max_age", Duration.ofMinutes(10), Duration.ofDays(30));
    public static final SettingRange<Duration> RETRY_AFTER =
            SettingRange.of("symbols.retry_after", Duration.ofSeconds(1), Duration.ofDays(1));
    public static final SettingRange<Duration> MAX_WAIT =
            SettingRange.of("symbols.max_wait", Duration.ZERO, Duration.ofSeconds(10));
    public static final SettingRange<Duration> FETCH_TIMEOUT =
            SettingRange.of("symbols.fetch_timeout", Duration.ofSeconds(1), Duration.ofSeconds(60));

    public SymbolListConfig {
        MAX_AGE.check(maxAge);
        RETRY_AFTER.check(retryAfter);
        MAX_WAIT.check(longestWait);
        FETCH_TIMEOUT.check(fetchTimeout);
    }

    public static SymbolListConfig defaults() {
        return new SymbolListConfig(
                Duration.ofHours(6), Duration.ofMinutes(1), Duration.ofSeconds(2), Duration.ofSeconds(20));
    }
}
