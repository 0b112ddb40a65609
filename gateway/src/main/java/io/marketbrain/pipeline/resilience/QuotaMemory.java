package io.marketbrain.pipeline.resilience;

import io.marketbrain.model.ProviderId;
import io.marketbrain.model.RateLimit;
import io.marketbrain.model.Ticker;
import io.marketbrain.pipeline.SharedScripts;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** What remembers how much of one provider's limits was used: the process, a file over restarts, or all gateways. */
@FunctionalInterface
public interface QuotaMemory {
    /** Remembers within the process. */
    QuotaMemory FORGETFUL = (limits, ticker) -> new LocalQuota(limits, QuotaStore.NONE, ticker, () -> Instant.EPOCH);

    /** What counts, for these limits, margins deducted. */
    QuotaCounts counts(List<RateLimit> limits, Ticker ticker);

    /** The memory that gateways share where there is one, and a file in the folder where there is one. */
    static QuotaMemory of(
            ProviderId provider,
            Optional<SharedScripts> shared,
            Optional<Path> folder,
            InstantSource clock,
            RandomGenerator random) {
        return (limits, ticker) -> {
            var local = new LocalQuota(limits, QuotaStore.in(folder, provider), ticker, clock);
            return shared.<QuotaCounts>map(redis -> new SharedQuota(redis, provider, limits, local, ticker, random))
                    .orElse(local);
        };
    }
}
