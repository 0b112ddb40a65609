package io.marketbrain.pipeline.budget;

import io.marketbrain.model.cost.Money;
import java.util.HashMap;
import java.util.Map;

/** Budgets in memory, lost when the process ends: for gateways without a state folder. Thread-safe. */
public final class MemoryBudgetStore implements BudgetStore {
    private final Map<String, Long> used = new HashMap<>();

    @Override
    public synchronized Lease lease(String account, String window, Money want, Money limit) {
        long before = used.getOrDefault(account + " " + window, 0L);
        long granted = Math.clamp(limit.micros() - before, 0, want.micros());
        used.put(account + " " + window, before + granted);
        return new Lease(new Money(granted), new Money(before + granted));
    }

    @Override
    public synchronized void giveBack(String account, String window, Money unspent) {
        used.merge(account + " " + window, -unspent.micros(), Long::sum);
    }

    @Override
    public synchronized Money used(String account, String window) {
        return new Money(used.getOrDefault(account + " " + window, 0L));
    }

    @Override
    public void close() {}
}
