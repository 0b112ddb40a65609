package io.marketbrain.pipeline.budget;

import io.marketbrain.files.FileProblems;
import io.marketbrain.model.cost.Money;
import io.marketbrain.pipeline.ScriptRunner;
import io.marketbrain.store.StoreUnavailable;
import java.nio.file.Path;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Stores how much of each account is reserved in each period, for all gateways that share the store. An amount granted
 * by a lease is never granted again, whatever crashes. Thread-safe; blocks for the duration of a store operation.
 */
public interface BudgetStore extends AutoCloseable {
    /** The store can be reached, but has lost its count for a period; the next period starts from zero. */
    final class CountLost extends StoreUnavailable {
        private static final long serialVersionUID = 1L;

        CountLost(String message) {
            super(message, null);
        }
    }

    /**
     * An amount reserved for one gateway.
     *
     * @param used what is now reserved or spent of the account, {@code granted} included
     */
    record Lease(Money granted, Money used) {}

    /** A store in the shared Redis if there is one; otherwise as {@link #in}. */
    static BudgetStore of(
            Optional<ScriptRunner> shared, Optional<Path> folder, RandomGenerator random, FileProblems problems) {
        return shared.<BudgetStore>map(
                        redis -> new RedisBudgetStore(redis, GenerationStore.in(folder, random, problems), random))
                .orElseGet(() -> in(folder, problems));
    }

    /** A store in a file in the folder, or in memory if there is no folder. */
    static BudgetStore in(Optional<Path> folder, FileProblems problems) {
        return folder.<BudgetStore>map(path -> new SqliteBudgetStore(BudgetDatabase.in(path, problems)))
                .orElseGet(MemoryBudgetStore::new);
    }

    /** Reserves up to {@code want}, but no more than is left below {@code limit}; grants zero if nothing is left. */
    Lease lease(String account, String window, Money want, Money limit) throws StoreUnavailable;

    /** Returns what was reserved and not spent. */
    void giveBack(String account, String window, Money unspent) throws StoreUnavailable;

    /** What is reserved or spent. */
    Money used(String account, String window) throws StoreUnavailable;

    @Override
    void close();
}
