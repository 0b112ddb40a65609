package io.marketbrain.pipeline.orchestration;

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
public record OrchestrationConfig(Duration credentialsRecheck, Optional<Duration> hedgeAfter, int hedgePercent) {
    public OrchestrationConfig {
        if (!credentialsRecheck.isPositive()) {
            throw new IllegalArgumentException("orchestration.credentials_recheck must be greater than zero");
        }
        if (hedgeAfter.isPresent() && !hedgeAfter.get().isPositive()) {
            throw new IllegalArgumentException("orchestration.hedge_after must be greater than zero");
        }
        if (hedgePercent < 1 || hedgePercent > 100) {
            throw new IllegalArgumentException("orchestration.hedge_percent must be from 1 to 100");
        }
    }

    public static OrchestrationConfig defaults() {
        return new OrchestrationConfig(Duration.ofMinutes(5), Optional.empty(), 10);
    }
}
