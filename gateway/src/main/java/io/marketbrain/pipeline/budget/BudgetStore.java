package io.marketbrain.pipeline.budget;

import io.marketbrain.model.Money;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where it is kept, for every gateway that shares it, what has been set aside of each account in each period. What a
 * lease has returned is never returned again, whatever crashes. Thread-safe; blocks for a moment.
 */
public interface BudgetStore extends AutoCloseable {
    /** The store cannot be read or written now. */
    final class Away extends Exception {
        private static final long serialVersionUID = 1L;

        public Away(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** A file in the folder, or the memory of this process where nothing is to outlive it. */
    static BudgetStore in(Optional<Path> folder) {
        return folder.<BudgetStore>map(path -> new SqliteStore(path.resolve("budgets.db")))
                .orElseGet(MemoryStore::new);
    }

    /** Sets aside up to {@code want}, as much as is left below {@code limit}; none where nothing is left. */
    Money lease(String account, String window, Money want, Money limit) throws Away;

    /** Gives back what was set aside and not spent. */
    void giveBack(String account, String window, Money unspent) throws Away;

    /** What is set aside or spent. */
    Money used(String account, String window) throws Away;

    @Override
    void close();
}
