package io.marketbrain.pipeline.resilience;

import io.marketbrain.files.FileProblems;
import io.marketbrain.model.NanoClock;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.cost.RateLimit;
import io.marketbrain.pipeline.ScriptRunner;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Creates the counter for one provider's rate limits: in memory, in a file that survives restarts, or shared by all
 * gateways.
 */
@FunctionalInterface
public interface QuotaMemory {
    /** Counts within the process only. */
    QuotaMemory IN_PROCESS =
            (limits, nanoClock) -> new LocalQuota(limits, QuotaStore.NONE, nanoClock, () -> Instant.EPOCH);

    /** The counter for these limits, margins already deducted. */
    QuotaCounts counts(List<RateLimit> limits, NanoClock nanoClock);

    /** Uses the shared Redis if there is one, and a file in the folder if there is one. */
    static QuotaMemory of(
            ProviderId provider,
            Optional<ScriptRunner> shared,
            Optional<Path> folder,
            InstantSource clock,
            RandomGenerator random,
            FileProblems problems) {
        return (limits, nanoClock) -> {
            var local = new LocalQuota(limits, QuotaStore.in(folder, provider, clock, problems), nanoClock, clock);
            return shared.<QuotaCounts>map(redis -> new SharedQuota(redis, provider, limits, local, nanoClock, random))
                    .orElse(local);
        };
    }
}
