package io.marketbrain.pipeline.budget;

import io.marketbrain.files.FileProblems;
import io.marketbrain.model.cost.Money;
import io.marketbrain.store.StoreUnavailable;
import io.marketbrain.store.sqlite.SqliteTable;
import java.nio.file.Path;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Records the last seen generation of each shared count, in the same file that holds budgets when Redis is not used.
 * One small write per account and period. Thread-safe.
 */
final class GenerationStore implements RedisBudgetStore.Generations {
    private static final String FOLDER = "#folder";

    private final BudgetDatabase database;
    private final SqliteTable file;
    private final RandomGenerator random;

    GenerationStore(BudgetDatabase database, RandomGenerator random) {
        this.database = database;
        this.file = database.shared();
        this.random = random;
    }

    /** The table in the folder, or one that stores nothing if there is no folder. */
    static RedisBudgetStore.Generations in(Optional<Path> folder, RandomGenerator random, FileProblems problems) {
        return folder.<RedisBudgetStore.Generations>map(
                        path -> new GenerationStore(BudgetDatabase.in(path, problems), random))
                .orElse(NONE);
    }

    private static final RedisBudgetStore.Generations NONE = new RedisBudgetStore.Generations() {
        @Override
        public long find(String account, String window) {
            return 0;
        }

        @Override
        public Money before(String account, String window) {
            return Money.NONE;
        }

        @Override
        public long folder() {
            return 0;
        }

        @Override
        public void save(String account, String window, long generation) {}

        @Override
        public void close() {}
    };

    @Override
    public long find(String account, String window) throws StoreUnavailable {
        return database.checkedGeneration(file.read(account, window), account, window);
    }

    @Override
    public Money before(String account, String window) throws StoreUnavailable {
        return new Money(database.checkedMicros(database.used().read(account, window), account, window));
    }

    /** The random id of the folder, created on the first call. */
    @Override
    public long folder() throws StoreUnavailable {
        long known = database.checkedGeneration(file.read(FOLDER, FOLDER), FOLDER, FOLDER);
        return known != 0
                ? known
                : file.inTransaction(open -> {
                    long made = file.read(open, FOLDER, FOLDER);
                    if (made == 0) {
                        made = random.nextLong(1, Long.MAX_VALUE);
                        file.write(open, FOLDER, FOLDER, made);
                    }
                    return made;
                });
    }

    @Override
    public void save(String account, String window, long generation) throws StoreUnavailable {
        file.inTransaction(open -> {
            file.write(open, account, window, generation);
            return generation;
        });
    }

    @Override
    public void close() {
        database.close();
    }
}
