package io.marketbrain.pipeline.budget;

import io.marketbrain.model.cost.Money;
import io.marketbrain.store.StoreUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * This gateway's share of one budget: a block that is reserved in the store and spent in memory. The store is called
 * only when the block is used up. A crash loses the rest of the block but never spends anything twice. Thread-safe.
 */
final class BudgetAccount {
    private static final System.Logger LOG = System.getLogger(BudgetAccount.class.getName());

    /** How long after an insufficient lease the store is not called again. */
    private static final Duration RETRY_INTERVAL = Duration.ofMillis(200);

    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(1);

    private final BudgetPolicy policy;
    private final String name;
    private final BudgetStore store;
    private volatile Failures failures = new Failures(0, null);
    private String window = "";
    private long held;
    private long leased;
    private Instant since = Instant.EPOCH;
    private Instant exhaustedAt = Instant.EPOCH;

    /** How often the store has failed, and how the last time. */
    private record Failures(long count, @Nullable StoreUnavailable last) {}

    BudgetAccount(BudgetPolicy policy, String name, BudgetStore store) {
        this.policy = policy;
        this.name = name;
        this.store = store;
    }

    BudgetPolicy policy() {
        return policy;
    }

    /** The only caller that spends from the account; empty if several share it. */
    Optional<String> owner() {
        return policy.caller()
                .map(caller -> caller.equals(BudgetPolicy.EACH)
                        ? name.substring(policy.name().length() + 1)
                        : caller);
    }

    String name() {
        return name;
    }

    /**
     * Takes {@code amount} and returns the period it was taken from; empty if less is left. Callers that wait while the
     * store fails for one of them fail with it, instead of waiting for the store in turn.
     */
    Optional<String> take(Money amount, Instant now) throws StoreUnavailable {
        long before = failures.count();
        synchronized (this) {
            Failures current = failures;
            if (current.last() != null && current.count() != before) {
                throw current.last();
            }
            try {
                return takeFromBlock(amount, now);
            } catch (StoreUnavailable away) {
                failures = new Failures(failures.count() + 1, away);
                throw away;
            }
        }
    }

    private Optional<String> takeFromBlock(Money amount, Instant now) throws StoreUnavailable {
        enter(policy.window(now), now);
        if (held < amount.micros()) {
            long want = Math.max(policy.block().micros(), amount.micros() - held);
            if (now.isBefore(exhaustedAt.plus(RETRY_INTERVAL)) && !now.isBefore(exhaustedAt)) {
                return Optional.empty();
            }
            BudgetStore.Lease lease = store.lease(name, window, new Money(want), policy.limit());
            held += lease.granted().micros();
            leased = lease.used().micros();
            warn(lease);
            if (lease.granted().micros() < want) {
                exhaustedAt = now;
            }
        }
        if (held < amount.micros()) {
            return Optional.empty();
        }
        held -= amount.micros();
        return Optional.of(window);
    }

    /** Puts back what was taken in period {@code takenIn} and not spent. */
    synchronized void putBack(Money amount, String takenIn) {
        if (takenIn.equals(window)) {
            held += amount.micros();
        }
    }

    /** Returns the unspent rest of the block to the store. */
    synchronized void giveBack() throws StoreUnavailable {
        if (held > 0) {
            store.giveBack(name, window, new Money(held));
            leased -= held;
            held = 0;
        }
    }

    /** What all gateways have spent or reserved, without the unspent part of this gateway's block. */
    synchronized Money used(Instant now) throws StoreUnavailable {
        enter(policy.window(now), now);
        return new Money(Math.max(0, store.used(name, window).micros() - held));
    }

    /**
     * What is left of the limit, in percent, as of the last lease: the store is not called, so what other gateways have
     * used since then is not known, and before the first call of a period nothing is.
     */
    synchronized int percentLeft(Instant now) {
        if (!policy.window(now).equals(window)) {
            return 100;
        }
        long limit = policy.limit().micros();
        return Math.clamp(100 * (limit - Math.max(0, leased - held)) / limit, 0, 100);
    }

    /**
     * Starts a new period if {@code now} is in one. A thread that read the clock just before another thread started the
     * period pays from the new one.
     */
    private void enter(String current, Instant now) {
        boolean late = now.isBefore(since) && now.plus(CLOCK_TOLERANCE).isAfter(since);
        if (!current.equals(window) && !late) {
            window = current;
            since = now;
            held = 0;
            leased = 0;
            exhaustedAt = Instant.EPOCH;
        }
    }

    /** Logs a warning for the lease that crosses four fifths of the limit: only one lease of all gateways does. */
    private void warn(BudgetStore.Lease lease) {
        long soft = Math.multiplyExact(policy.limit().micros(), 4);
        long before = Math.multiplyExact(lease.used().micros() - lease.granted().micros(), 5);
        if (before < soft && Math.multiplyExact(lease.used().micros(), 5) >= soft) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "budget {0}: {1} of {2} used in {3}",
                    name,
                    lease.used(),
                    policy.limit(),
                    window);
        }
    }
}
