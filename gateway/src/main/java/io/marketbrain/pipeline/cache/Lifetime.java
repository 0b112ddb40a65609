package io.marketbrain.pipeline.cache;

import io.marketbrain.model.Operation;
import io.marketbrain.model.ProviderId;
import java.time.Duration;
import java.util.Optional;

/**
 * How long one kind of data is fresh, at one provider or at all of them.
 *
 * @param provider empty for all
 */
public record Lifetime(Optional<ProviderId> provider, Operation kind, Duration fresh) {
    public Lifetime {
        Checks.positive("ttl." + kind.wire(), fresh);
    }
}
