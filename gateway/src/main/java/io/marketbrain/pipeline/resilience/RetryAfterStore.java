package io.marketbrain.pipeline.resilience;

import io.marketbrain.files.FileProblems;
import io.marketbrain.model.ProviderId;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Stores until when providers asked not to be called, so that the wait survives a restart. Thread-safe. */
public interface RetryAfterStore {
    Optional<Instant> find(ProviderId provider);

    /** Saves the instant; a store that cannot do so reports a problem and carries on. */
    void save(ProviderId provider, Instant until);

    /** A store in a file in the folder, or {@link #NONE} if there is no folder. */
    static RetryAfterStore in(Optional<Path> folder, InstantSource clock, FileProblems problems) {
        return folder.<RetryAfterStore>map(path -> new RetryAfterFile(path.resolve("retry-after"), clock, problems))
                .orElse(NONE);
    }

    /** Stores nothing. */
    RetryAfterStore NONE = new RetryAfterStore() {
        @Override
        public Optional<Instant> find(ProviderId provider) {
            return Optional.empty();
        }

        @Override
        public void save(ProviderId provider, Instant until) {}
    };
}
