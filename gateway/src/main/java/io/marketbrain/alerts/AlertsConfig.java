package io.marketbrain.alerts;

import io.marketbrain.model.SettingRange;
import io.marketbrain.security.Secret;
import java.time.Duration;
import java.util.Optional;

/**
 * The settings of alerts.
 *
 * @param maxAlerts how many alerts the gateway keeps
 * @param logEntries how many firings and deliveries the log has
 * @param allowPrivateTargets whether webhooks may be sent to addresses that are not public
 * @param webhookTimeout how long one delivery may take, from the look-up of the host to the status of the response
 * @param retryFirst the pause after the first failed delivery; each further one is twice as long, up to half an hour
 * @param maxAttempts how often a delivery is tried
 * @param maxAge how long after the firing it is tried
 * @param signingKey signs the bodies of webhooks; empty for no signature
 */
public record AlertsConfig(
        int maxAlerts,
        int logEntries,
        boolean allowPrivateTargets,
        Duration webhookTimeout,
        Duration retryFirst,
        int maxAttempts,
        Duration maxAge,
        Optional<Secret> signingKey) {
    public static final SettingRange<Integer> MAX_ALERTS = SettingRange.of("alerts.max_alerts", 0, 10_000);
    public static final SettingRange<Integer> LOG_ENTRIES = SettingRange.of("alerts.log_entries", 10, 100_000);
    public static final String ALLOW_PRIVATE_TARGETS = "alerts.allow_private_targets";
    public static final SettingRange<Duration> WEBHOOK_TIMEOUT =
            SettingRange.of("alerts.webhook_timeout", Duration.ofMillis(100), Duration.ofMinutes(1));
    public static final SettingRange<Duration> RETRY_FIRST =
            SettingRange.of("alerts.retry_first", Duration.ofMillis(10), Duration.ofMinutes(30));
    public static final SettingRange<Integer> MAX_ATTEMPTS = SettingRange.of("alerts.max_attempts", 1, 100);
    public static final SettingRange<Duration> MAX_AGE =
            SettingRange.of("alerts.max_age", Duration.ofSeconds(1), Duration.ofDays(7));

    public AlertsConfig {
        MAX_ALERTS.check(maxAlerts);
        LOG_ENTRIES.check(logEntries);
        WEBHOOK_TIMEOUT.check(webhookTimeout);
        RETRY_FIRST.check(retryFirst);
        MAX_ATTEMPTS.check(maxAttempts);
        MAX_AGE.check(maxAge);
    }

    public static AlertsConfig defaults() {
        return new AlertsConfig(
                200,
                500,
                false,
                Duration.ofSeconds(10),
                Duration.ofSeconds(5),
                15,
                Duration.ofHours(24),
                Optional.empty());
    }
}
