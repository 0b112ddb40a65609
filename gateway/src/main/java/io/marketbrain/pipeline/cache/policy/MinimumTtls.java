package io.marketbrain.pipeline.cache.policy;

import io.marketbrain.model.Operation;
import io.marketbrain.model.ProviderId;
import java.time.Duration;

/** How long the live data of a provider is fresh at least, because its calls are scarce. Thread-safe. */
@FunctionalInterface
public interface MinimumTtls {
    /** No provider lengthens any time. */
    MinimumTtls NONE = (_, _) -> Duration.ZERO;

    /** The shortest time for the data of an operation; zero if any is short enough. */
    Duration of(ProviderId provider, Operation operation);
}
