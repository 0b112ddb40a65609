package io.marketbrain.config;

import java.util.Map;

/** Settings that have been given a plainer key; the old key still works, with a hint at the start. */
final class RenamedSettings {
    /** The old key of each renamed setting, by its present key. */
    static final Map<String, String> OLD_KEYS = Map.ofEntries(
            Map.entry("cache.max_refreshes", "cache.refreshes_at_once"),
            Map.entry("cache.refresh_retry_after", "cache.refresh_pause"),
            Map.entry("qos.background_max_wait", "qos.low_starvation"),
            Map.entry("qos.background_percent", "qos.low_percent"),
            Map.entry("qos.background_queue", "qos.low_queue"),
            Map.entry("qos.queue_timeout", "qos.patience"),
            Map.entry("resilience.breaker.max_open", "resilience.breaker.longest_open"),
            Map.entry("resilience.default_retry_after", "resilience.unnamed_wait"),
            Map.entry("resilience.quota.background_percent", "resilience.quota.low_percent"),
            Map.entry("resilience.quota.max_wait", "resilience.quota.longest_wait"),
            Map.entry("resilience.retry.max_delay", "resilience.retry.longest_delay"),
            Map.entry("resilience.timeout.initial", "resilience.timeout.first"),
            Map.entry("resilience.timeout.max", "resilience.timeout.longest"),
            Map.entry("resilience.timeout.min", "resilience.timeout.shortest"),
            Map.entry("server.max_buffered", "server.max_held"),
            Map.entry("symbols.max_wait", "symbols.longest_wait"),
            Map.entry("warming.concurrency", "warming.at_once"),
            Map.entry("warming.interval", "warming.every"),
            Map.entry("warming.queue", "warming.most"));

    private RenamedSettings() {}

    /** Whether a name in the environment or in {@code .env} is the old one of a setting. */
    static boolean isOldName(String environmentName) {
        return OLD_KEYS.values().stream()
                .anyMatch(old -> SettingsReader.environmentName(old).equals(environmentName));
    }
}
