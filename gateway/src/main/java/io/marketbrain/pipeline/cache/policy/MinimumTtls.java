package io.marketbrain.pipeline.cache.policy;

import io.marketbrain.model.Operation;
import io.marketbrain.model.ProviderId;
import java.time.Duration;

/** How scarce the calls of providers are, and how long their live data is therefore fresh at least. Thread-safe. */
@FunctionalInterface
public interface MinimumTtls {
    /** No provider lengthens any time. */
    static MinimumTtls none() {
        return (_, _) -> Duration.ZERO;
    }

    /** The shortest time for the data of an operation; zero if any is short enough. */
    Duration of(ProviderId provider, Operation operation);

    /** What is left of the provider's scarcest quota that lasts for an hour or longer, in percent; 100 without one. */
    default int percentLeft(ProviderId provider) {
        return 100;
    }
}
