package io.marketbrain.pipeline.budget;

import io.marketbrain.model.Money;
import io.marketbrain.pipeline.SharedScripts;
import java.nio.file.Path;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Where it is kept, for every gateway that shares it, what has been set aside of each account in each period. What a
 * lease has returned is never returned again, whatever crashes. Thread-safe; blocks for a moment.
 */
public interface BudgetStore extends AutoCloseable {
    /** The store cannot be read or written now. */
    final class Away extends Exception {
        private static final long serialVersionUID = 1L;

        private final boolean forPeriod;

        public Away(String message, @Nullable Throwable cause) {
            this(message, cause, false);
        }

        private Away(String message, @Nullable Throwable cause, boolean forPeriod) {
            super(message, cause);
            this.forPeriod = forPeriod;
        }

        /** What was spent in this period is not known any more. */
        static Away forgotten(String message) {
            return new Away(message, null, true);
        }

        boolean forPeriod() {
            return forPeriod;
        }
    }

    /**
     * What was set aside.
     *
     * @param used what is set aside or spent of the account now, {@code granted} included
     */
    record Lease(Money granted, Money used) {}

    /** The memory that gateways share where there is one; else as {@link #in}. */
    static BudgetStore of(Optional<SharedScripts> shared, Optional<Path> folder, RandomGenerator random) {
        return shared.<BudgetStore>map(redis -> new RedisStore(redis, GenerationTable.in(folder, random), random))
                .orElseGet(() -> in(folder));
    }

    /** A file in the folder, or the memory of this process where nothing is to outlive it. */
    static BudgetStore in(Optional<Path> folder) {
        return folder.<BudgetStore>map(path -> new SqliteStore(path.resolve("budgets.db")))
                .orElseGet(MemoryStore::new);
    }

    /** Sets aside up to {@code want}, as much as is left below {@code limit}; none where nothing is left. */
    Lease lease(String account, String window, Money want, Money limit) throws Away;

    /** Gives back what was set aside and not spent. */
    void giveBack(String account, String window, Money unspent) throws Away;

    /** What is set aside or spent. */
    Money used(String account, String window) throws Away;

    @Override
    void close();
}
