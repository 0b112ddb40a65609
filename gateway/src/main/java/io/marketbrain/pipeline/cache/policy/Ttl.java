package io.marketbrain.pipeline.cache.policy;

import io.marketbrain.model.Operation;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.SettingRange;
import java.time.Duration;
import java.util.Optional;

/**
 * How long the data of one operation is fresh, for one provider or for all.
 *
 * @param provider empty for all
 */
public record Ttl(Optional<ProviderId> provider, Operation kind, Duration fresh) {
    public static final SettingRange<Duration> TTL =
            SettingRange.of("cache.ttl", Duration.ofMillis(1), Duration.ofDays(365));

    public Ttl {
        TTL.check(fresh);
    }
}
