package io.marketbrain.pipeline.resilience;

import io.marketbrain.files.FileProblems;
import io.marketbrain.model.ProviderId;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Stores what was used of a provider's rate limits, so that it survives a restart. */
interface QuotaStore {
    /**
     * What was used of a limit in a short period.
     *
     * @param limit the name of the limit, such as {@code weight/60}
     * @param until the end of the period
     */
    record Use(String limit, Instant until, long amount) {}

    /**
     * The saved counts.
     *
     * @param stopped whether the process that saved them shut down cleanly afterwards
     * @param damaged whether the counts are lost, so that any amount may have been used
     */
    record Snapshot(boolean stopped, boolean damaged, List<Use> uses) {
        public Snapshot {
            uses = List.copyOf(uses);
        }

        Snapshot(boolean stopped, List<Use> uses) {
            this(stopped, false, uses);
        }

        static final Snapshot DAMAGED = new Snapshot(false, true, List.of());
    }

    Optional<Snapshot> find();

    /** Saves the counts; a store that cannot do so reports a problem and carries on. */
    void save(Snapshot snapshot);

    /** Stores nothing. */
    QuotaStore NONE = new QuotaStore() {
        @Override
        public Optional<Snapshot> find() {
            return Optional.empty();
        }

        @Override
        public void save(Snapshot snapshot) {}
    };

    /** A small text file in the folder, replaced as a whole, or {@link #NONE} if there is no folder. */
    static QuotaStore in(Optional<Path> folder, ProviderId provider, InstantSource clock, FileProblems problems) {
        return folder.<QuotaStore>map(path -> new QuotaFile(path.resolve("quota-" + provider), clock, problems))
                .orElse(NONE);
    }
}
