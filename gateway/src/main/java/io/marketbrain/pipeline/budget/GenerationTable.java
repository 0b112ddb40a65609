package io.marketbrain.pipeline.budget;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Which generation of a shared count was seen, in the file that budgets are kept in where nothing is shared: one small
 * write an account and period. Thread-safe.
 */
final class GenerationTable implements RedisStore.Generations {
    private final SqliteFile file;

    private GenerationTable(Path file) {
        this.file = new SqliteFile(file, "shared", "generation");
    }

    /** The table in the folder, or one that forgets where nothing is to outlive the process. */
    static RedisStore.Generations in(Optional<Path> folder) {
        return folder.<RedisStore.Generations>map(path -> new GenerationTable(path.resolve("budgets.db")))
                .orElse(FORGETFUL);
    }

    private static final RedisStore.Generations FORGETFUL = new RedisStore.Generations() {
        @Override
        public long find(String account, String window) {
            return 0;
        }

        @Override
        public void save(String account, String window, long generation) {}

        @Override
        public void close() {}
    };

    @Override
    public long find(String account, String window) throws BudgetStore.Away {
        return file.read(account, window);
    }

    @Override
    public void save(String account, String window, long generation) throws BudgetStore.Away {
        file.inTransaction(open -> {
            file.write(open, account, window, generation);
            return generation;
        });
    }

    @Override
    public void close() {
        file.close();
    }
}
