package io.marketbrain.provider;

import java.time.Duration;

/**
 * The limits of the lists of instruments that live providers are asked for.
 *
 * @param maxAge how old a list may be before it is fetched again: 10 minutes to 30 days
 * @param retryAfter how long after a failed fetch the next one is tried: 1 s to 1 day
 * @param longestWait how long a symbol that only the list can explain waits for it: 0 to 10 s
 * @param fetchTimeout how long fetching a list may take: 1 to 60 s
 */
public record SymbolListConfig(Duration maxAge, Duration retryAfter, Duration longestWait, Duration fetchTimeout) {
    public SymbolListConfig {
        check("symbols_max_age", maxAge, Duration.ofMinutes(10), Duration.ofDays(30));
        check("symbols_retry_after", retryAfter, Duration.ofSeconds(1), Duration.ofDays(1));
        check("symbols_longest_wait", longestWait, Duration.ZERO, Duration.ofSeconds(10));
        check("symbols_fetch_timeout", fetchTimeout, Duration.ofSeconds(1), Duration.ofSeconds(60));
    }

    private static void check(String name, Duration value, Duration min, Duration max) {
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw new IllegalArgumentException(
                    name + " must be from " + min.toSeconds() + " to " + max.toSeconds() + " seconds");
        }
    }

    public static SymbolListConfig defaults() {
        return new SymbolListConfig(
                Duration.ofHours(6), Duration.ofMinutes(1), Duration.ofSeconds(2), Duration.ofSeconds(20));
    }
}
