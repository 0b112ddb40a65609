package io.marketbrain.pipeline.budget;

import io.marketbrain.files.FileProblems;
import io.marketbrain.store.StoreUnavailable;
import io.marketbrain.store.sqlite.SqliteDatabase;
import io.marketbrain.store.sqlite.SqliteTable;
import java.nio.file.Path;
import java.util.List;

/**
 * The file {@code budgets.db}: what was spent in each period, and the generation of each count that is shared over Redis.
 * Thread-safe.
 */
final class BudgetDatabase implements AutoCloseable {
    /** No valid amount is larger: 2^53 millionths, which is also the limit with Redis. */
    private static final long MAX_MICROS = 1L << 53;

    private static final SqliteDatabase.Table USED = new SqliteDatabase.Table("used", "micros");
    private static final SqliteDatabase.Table SHARED = new SqliteDatabase.Table("shared", "generation");

    private final Path file;
    private final FileProblems problems;
    private final SqliteDatabase database;
    private final SqliteTable used;
    private final SqliteTable shared;

    BudgetDatabase(Path file, FileProblems problems) {
        this.file = file;
        this.problems = problems;
        this.database = new SqliteDatabase(file, List.of(USED, SHARED), problems);
        this.used = new SqliteTable(database, USED);
        this.shared = new SqliteTable(database, SHARED);
    }

    /** The file in a folder; reports at once if it cannot be used. */
    static BudgetDatabase in(Path folder, FileProblems problems) {
        var found = new BudgetDatabase(folder.resolve("budgets.db"), problems);
        found.database.check();
        return found;
    }

    /** The amounts spent, in millionths. */
    SqliteTable used() {
        return used;
    }

    /** The generations of counts in Redis. */
    SqliteTable shared() {
        return shared;
    }

    /** The amount that was read; if it is impossible, the count of that period is lost. */
    long checkedMicros(long micros, String account, String window) throws BudgetStore.CountLost {
        if (micros < 0 || micros > MAX_MICROS) {
            throw lost("amount", account, window);
        }
        return micros;
    }

    /** The generation that was read; if it is impossible, it is unknown whether the count was shared. */
    long checkedGeneration(long generation, String account, String window) throws StoreUnavailable {
        if (generation < 0) {
            throw lost("generation", account, window);
        }
        return generation;
    }

    private BudgetStore.CountLost lost(String what, String account, String window) {
        String invalid = "holds an invalid " + what + " for budget " + account + " in " + window;
        problems.reportHandled(file, invalid + "; the budget is closed for that period");
        return new BudgetStore.CountLost(file.getFileName() + " " + invalid + ", so the amount left is unknown");
    }

    @Override
    public void close() {
        database.close();
    }
}
