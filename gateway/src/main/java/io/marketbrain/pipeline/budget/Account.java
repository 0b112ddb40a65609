package io.marketbrain.pipeline.budget;

import io.marketbrain.model.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What this gateway holds of one budget: a block set aside in the store, spent in memory. The store is asked when the
 * block is used up, once a block; a crash loses what is left of it and never gives out anything twice. Thread-safe.
 */
final class Account {
    private static final System.Logger LOG = System.getLogger(Account.class.getName());

    /** How long nobody asks again for what was not there. */
    private static final Duration DRY = Duration.ofMillis(200);

    private static final Duration LATE = Duration.ofMinutes(1);

    private final BudgetPolicy policy;
    private final String name;
    private final BudgetStore store;
    private String window = "";
    private long held;
    private Instant since = Instant.EPOCH;
    private Instant dryAt = Instant.EPOCH;

    Account(BudgetPolicy policy, String name, BudgetStore store) {
        this.policy = policy;
        this.name = name;
        this.store = store;
    }

    BudgetPolicy policy() {
        return policy;
    }

    /** Whose it is alone. */
    Optional<String> owner() {
        return policy.caller()
                .map(caller -> caller.equals(BudgetPolicy.EACH)
                        ? name.substring(policy.name().length() + 1)
                        : caller);
    }

    String name() {
        return name;
    }

    /** Takes {@code amount} out and says of which period; empty where not so much is left. */
    synchronized Optional<String> take(Money amount, Instant now) throws BudgetStore.Away {
        enter(policy.window(now), now);
        if (held < amount.micros()) {
            long want = Math.max(policy.block().micros(), amount.micros() - held);
            if (now.isBefore(dryAt.plus(DRY)) && !now.isBefore(dryAt)) {
                return Optional.empty();
            }
            BudgetStore.Lease lease = store.lease(name, window, new Money(want), policy.limit());
            held += lease.granted().micros();
            warn(lease);
            if (lease.granted().micros() < want) {
                dryAt = now;
            }
        }
        if (held < amount.micros()) {
            return Optional.empty();
        }
        held -= amount.micros();
        return Optional.of(window);
    }

    /** Puts back what was taken in {@code window} and not spent after all. */
    synchronized void putBack(Money amount, String takenIn) {
        if (takenIn.equals(window)) {
            held += amount.micros();
        }
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
        enter(policy.window(now), now);
        return new Money(Math.max(0, store.used(name, window).micros() - held));
    }

    /** Whoever read the clock just before another began the period pays from that too. */
    private void enter(String current, Instant now) {
        boolean late = now.isBefore(since) && now.plus(LATE).isAfter(since);
        if (!current.equals(window) && !late) {
            window = current;
            since = now;
            held = 0;
            dryAt = Instant.EPOCH;
        }
    }

    /** One lease crosses four fifths, whichever gateway's it is: that one warns. */
    private void warn(BudgetStore.Lease lease) {
        long soft = Math.multiplyExact(policy.limit().micros(), 4);
        long before = Math.multiplyExact(lease.used().micros() - lease.granted().micros(), 5);
        if (before < soft && Math.multiplyExact(lease.used().micros(), 5) >= soft) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "budget {0}: {1} of {2} are used for {3}",
                    name,
                    lease.used(),
                    policy.limit(),
                    window);
        }
    }
}
