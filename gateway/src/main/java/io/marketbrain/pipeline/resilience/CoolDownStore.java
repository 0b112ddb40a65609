package io.marketbrain.pipeline.resilience;

import io.marketbrain.model.ProviderId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** Where it is kept until when providers asked not to be called, so that a restart does not forget it. Thread-safe. */
public interface CoolDownStore {
    Optional<Instant> find(ProviderId provider);

    /** Keeps the instant; a store that cannot says so in the log and goes on. */
    void save(ProviderId provider, Instant until);

    /** A file in the folder, or nothing where nothing is to outlive the process. */
    static CoolDownStore in(Optional<Path> folder) {
        return folder.<CoolDownStore>map(path -> new CoolDownFile(path.resolve("retry-after")))
                .orElse(NONE);
    }

    /** Keeps nothing. */
    CoolDownStore NONE = new CoolDownStore() {
        @Override
        public Optional<Instant> find(ProviderId provider) {
            return Optional.empty();
        }

        @Override
        public void save(ProviderId provider, Instant until) {}
    };
}
