package io.marketbrain.pipeline.budget;

import io.marketbrain.model.Money;
import java.nio.file.Path;

/**
 * Budgets in a SQLite file, for the gateways of one machine. Each lease is one transaction that is on the disk before it
 * is spent. Thread-safe.
 */
public final class SqliteStore implements BudgetStore {
    private final SqliteFile file;

    public SqliteStore(Path file) {
        this.file = new SqliteFile(file, "used", "micros");
    }

    @Override
    public Lease lease(String account, String window, Money want, Money limit) throws Away {
        return file.inTransaction(open -> {
            long before = file.read(open, account, window);
            long granted = Math.clamp(limit.micros() - before, 0, want.micros());
            if (granted > 0) {
                file.write(open, account, window, before + granted);
            }
            return new Lease(new Money(granted), new Money(before + granted));
        });
    }

    @Override
    public void giveBack(String account, String window, Money unspent) throws Away {
        file.inTransaction(open -> {
            file.write(open, account, window, Math.max(0, file.read(open, account, window) - unspent.micros()));
            return unspent;
        });
    }

    @Override
    public Money used(String account, String window) throws Away {
        return new Money(file.read(account, window));
    }

    @Override
    public void close() {
        file.close();
    }
}
