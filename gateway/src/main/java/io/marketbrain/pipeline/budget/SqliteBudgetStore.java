package io.marketbrain.pipeline.budget;

import io.marketbrain.files.FileProblems;
import io.marketbrain.model.cost.Money;
import io.marketbrain.store.StoreUnavailable;
import io.marketbrain.store.sqlite.SqliteTable;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Budgets in a SQLite file, for the gateways of one machine. Each lease is one transaction that is on disk before the
 * amount is spent. Thread-safe.
 */
public final class SqliteBudgetStore implements BudgetStore {
    private static final int MOST_CHECKED = 10_000;

    private final BudgetDatabase database;
    private final SqliteTable file;
    private final Set<String> checked = ConcurrentHashMap.newKeySet();

    public SqliteBudgetStore(Path file) {
        this(new BudgetDatabase(file, FileProblems.ofCommand()));
    }

    SqliteBudgetStore(BudgetDatabase database) {
        this.database = database;
        this.file = database.used();
    }

    /**
     * Rejects an account that was shared over Redis in this period: what other gateways spent of it is unknown here.
     */
    private void checkUnshared(String account, String window) throws StoreUnavailable {
        if (checked.contains(account + " " + window)) {
            return;
        }
        if (database.shared().read(account, window) != 0) {
            throw new BudgetStore.CountLost(
                    "it was shared over Redis in " + window + ", but no Redis is configured now");
        }
        if (checked.size() > MOST_CHECKED) {
            checked.clear();
        }
        checked.add(account + " " + window);
    }

    @Override
    public Lease lease(String account, String window, Money want, Money limit) throws StoreUnavailable {
        checkUnshared(account, window);
        return file.inTransaction(open -> {
            long before = database.checkedMicros(file.read(open, account, window), account, window);
            long granted = Math.clamp(limit.micros() - before, 0, want.micros());
            if (granted > 0) {
                file.write(open, account, window, before + granted);
            }
            return new Lease(new Money(granted), new Money(before + granted));
        });
    }

    @Override
    public void giveBack(String account, String window, Money unspent) throws StoreUnavailable {
        file.inTransaction(open -> {
            long before = database.checkedMicros(file.read(open, account, window), account, window);
            file.write(open, account, window, Math.max(0, before - unspent.micros()));
            return unspent;
        });
    }

    @Override
    public Money used(String account, String window) throws StoreUnavailable {
        checkUnshared(account, window);
        return new Money(database.checkedMicros(file.read(account, window), account, window));
    }

    @Override
    public void close() {
        database.close();
    }
}
