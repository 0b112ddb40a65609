package io.marketbrain.pipeline.budget;

import io.marketbrain.model.Money;
import java.time.Instant;

/**
 * What this gateway holds of one budget: a block set aside in the store, spent in memory. The store is asked when the
 * block is used up, once a block; a crash loses what is left of it and never gives out anything twice. Thread-safe.
 */
final class Account {
    private static final System.Logger LOG = System.getLogger(Account.class.getName());

    private final BudgetPolicy policy;
    private final String name;
    private final BudgetStore store;
    private String window = "";
    private long held;
    private boolean warned;

    Account(BudgetPolicy policy, String name, BudgetStore store) {
        this.policy = policy;
        this.name = name;
        this.store = store;
    }

    BudgetPolicy policy() {
        return policy;
    }

    String name() {
        return name;
    }

    /** Takes {@code amount} out; false where not so much is left. */
    synchronized boolean take(Money amount, Instant now) throws BudgetStore.Away {
        enter(policy.window(now));
        if (held < amount.micros()) {
            long want = Math.max(policy.block().micros(), amount.micros() - held);
            held += store.lease(name, window, new Money(want), policy.limit()).micros();
            warnOnce();
        }
        if (held < amount.micros()) {
            return false;
        }
        held -= amount.micros();
        return true;
    }

    /** Puts back what was taken in {@code window} and not spent after all. */
    synchronized void putBack(Money amount, String takenIn) {
        if (takenIn.equals(window)) {
            held += amount.micros();
        }
    }

    synchronized String window() {
        return window;
    }

    /** Returns the rest of the block to the store. */
    synchronized void giveBack() throws BudgetStore.Away {
        if (held > 0) {
            store.giveBack(name, window, new Money(held));
            held = 0;
        }
    }

    /** What all gateways have spent or hold, less what this one holds. */
    synchronized Money used(Instant now) throws BudgetStore.Away {
        enter(policy.window(now));
        return new Money(Math.max(0, store.used(name, window).micros() - held));
    }

    private void enter(String current) {
        if (!current.equals(window)) {
            window = current;
            held = 0;
            warned = false;
        }
    }

    private void warnOnce() throws BudgetStore.Away {
        if (warned) {
            return;
        }
        Money used = store.used(name, window);
        if (used.micros() / 4 >= policy.limit().micros() / 5) {
            warned = true;
            LOG.log(
                    System.Logger.Level.WARNING,
                    "budget {0}: {1} of {2} are used for {3}",
                    name,
                    used,
                    policy.limit(),
                    window);
        }
    }
}
