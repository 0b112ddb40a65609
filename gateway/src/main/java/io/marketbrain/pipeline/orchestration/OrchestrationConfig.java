package io.marketbrain.pipeline.orchestration;

import java.time.Duration;

/**
 * Settings of orchestration.
 *
 * @param credentialsRecheck how long rejected credentials are left alone before they are tried again
 */
public record OrchestrationConfig(Duration credentialsRecheck) {
    public OrchestrationConfig {
        if (credentialsRecheck.isNegative() || credentialsRecheck.isZero()) {
            throw new IllegalArgumentException("credentials_recheck must be longer than nothing");
        }
    }

    public static OrchestrationConfig defaults() {
        return new OrchestrationConfig(Duration.ofMinutes(5));
    }
}
