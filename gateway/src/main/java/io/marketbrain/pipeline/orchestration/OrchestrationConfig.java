package io.marketbrain.pipeline.orchestration;

import java.time.Duration;
import java.util.Optional;

/**
 * Settings of orchestration.
 *
 * @param credentialsRecheck how long rejected credentials are left alone before they are tried again
 * @param hedgeAfter how long a provider may take, where any will do, before a second one is asked beside it; empty never
 *     asks a second one before the first has ended
 * @param hedgePercent how many questions of a hundred may be asked of a second provider for that reason
 */
public record OrchestrationConfig(Duration credentialsRecheck, Optional<Duration> hedgeAfter, int hedgePercent) {
    public OrchestrationConfig {
        if (!credentialsRecheck.isPositive()) {
            throw new IllegalArgumentException("orchestration.credentials_recheck must be longer than nothing");
        }
        if (hedgeAfter.isPresent() && !hedgeAfter.get().isPositive()) {
            throw new IllegalArgumentException("orchestration.hedge_after must be longer than nothing");
        }
        if (hedgePercent < 1 || hedgePercent > 100) {
            throw new IllegalArgumentException("orchestration.hedge_percent must be from 1 to 100");
        }
    }

    public static OrchestrationConfig defaults() {
        return new OrchestrationConfig(Duration.ofMinutes(5), Optional.empty(), 10);
    }
}
