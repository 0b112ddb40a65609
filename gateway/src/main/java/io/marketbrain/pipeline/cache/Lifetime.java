package io.marketbrain.pipeline.cache;

import io.marketbrain.model.Operation;
import io.marketbrain.model.ProviderId;
import java.time.Duration;
import java.util.Optional;

/**
 * How long the data of one operation is fresh, for one provider or for all.
 *
 * @param provider empty for all
 */
public record Lifetime(Optional<ProviderId> provider, Operation kind, Duration fresh) {
    public Lifetime {
        Checks.positive("ttl." + kind.wire(), fresh);
    }
}
