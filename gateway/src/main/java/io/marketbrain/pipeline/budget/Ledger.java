package io.marketbrain.pipeline.budget;

import io.marketbrain.model.Billing;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Money;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderId;
import io.marketbrain.pipeline.BudgetReport;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * All budgets: a call is paid from every budget that covers it, or from none and refused. Amounts are whole
 * millionths; there is no rounding anywhere. Thread-safe.
 */
public final class Ledger implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Ledger.class.getName());
    private static final Duration WHILE_AWAY = Duration.ofSeconds(10);

    private final BudgetConfig config;
    private final Function<String, Optional<BudgetPolicy>> ofCaller;
    private final BudgetStore store;
    private final InstantSource clock;
    private final AtomicReference<Instant> saidAt = new AtomicReference<>(Instant.EPOCH);
    private final ConcurrentMap<String, Account> accounts = new ConcurrentHashMap<>();

    public Ledger(BudgetConfig config, BudgetStore store, InstantSource clock) {
        this(config, _ -> Optional.empty(), store, clock);
    }

    /** @param ofCaller the budget that a caller's key gives it, beside those of the settings */
    public Ledger(
            BudgetConfig config,
            Function<String, Optional<BudgetPolicy>> ofCaller,
            BudgetStore store,
            InstantSource clock) {
        this.config = config;
        this.ofCaller = ofCaller;
        this.store = store;
        this.clock = clock;
    }

    /** What was taken out of one account, and of which period. */
    private record Taken(Account from, String window) {}

    /** What was taken out for one call, to be settled when it has ended. */
    static final class Reservation {
        private final Money amount;
        private final List<Taken> taken;

        private Reservation(Money amount, List<Taken> taken) {
            this.amount = amount;
            this.taken = List.copyOf(taken);
        }

        /** The call cost {@code actual}, which is never more than was reserved. */
        void settle(Money actual) {
            long back = amount.micros() - actual.micros();
            if (back < 0) {
                LOG.log(System.Logger.Level.ERROR, "a call cost {0}, but {1} was reserved", actual, amount);
                return;
            }
            if (back > 0) {
                taken.forEach(each -> each.from().putBack(new Money(back), each.window()));
            }
        }
    }

    /** Pays {@code amount} for a call in advance; fails with BudgetExhausted. */
    Outcome<Reservation> reserve(ProviderId provider, String caller, Money amount) {
        Instant now = clock.instant();
        List<Taken> taken = new ArrayList<>();
        for (BudgetPolicy policy : policies(caller)) {
            if (policy.covers(provider, caller)) {
                Account account = account(policy, policy.account(caller));
                Failure refusal;
                try {
                    Optional<String> window = account.take(amount, now);
                    if (window.isPresent()) {
                        taken.add(new Taken(account, window.get()));
                        continue;
                    }
                    refusal = exhausted(policy, now);
                } catch (BudgetStore.Away away) {
                    refusal = away(policy, away, now);
                }
                new Reservation(amount, taken).settle(Money.NONE);
                return Outcome.failed(refusal);
            }
        }
        return Outcome.success(new Reservation(amount, taken));
    }

    /**
     * One of the calls that the provider does not charge, to be settled as a reservation is; none where they are used
     * up, cannot be counted, or no budget would pay for the call.
     */
    Optional<Reservation> findFree(ProviderId provider, String caller, Billing billing) {
        if (billing.freeCalls() == 0
                || policies(caller).stream().noneMatch(policy -> policy.covers(provider, caller))) {
            return Optional.empty();
        }
        BudgetPolicy policy = BudgetPolicy.free(provider, billing);
        Account account = account(policy, policy.name());
        try {
            return account.take(BudgetPolicy.ONE, clock.instant())
                    .map(window -> new Reservation(BudgetPolicy.ONE, List.of(new Taken(account, window))));
        } catch (BudgetStore.Away away) {
            return Optional.empty();
        }
    }

    private Failure away(BudgetPolicy policy, BudgetStore.Away away, Instant now) {
        sayOnce(String.valueOf(away.getMessage()), now);
        if (away.forPeriod()) {
            Instant resets = policy.resets(now);
            return new Failure.BudgetExhausted(
                    policy.name(),
                    "the budget '" + policy.name() + "' is closed until " + resets + ": " + away.getMessage(),
                    Duration.between(now, resets));
        }
        return new Failure.BudgetExhausted(
                policy.name(),
                "the store of budgets cannot be reached, and nothing is spent that cannot be counted",
                WHILE_AWAY);
    }

    /** A store that is away refuses every call: one line in ten seconds tells of it. */
    private void sayOnce(String words, Instant now) {
        Instant before = saidAt.get();
        if ((now.isBefore(before) || now.isAfter(before.plus(WHILE_AWAY))) && saidAt.compareAndSet(before, now)) {
            LOG.log(System.Logger.Level.WARNING, "budgets refuse what costs: {0}", words);
        }
    }

    private static Failure exhausted(BudgetPolicy policy, Instant now) {
        Instant resets = policy.resets(now);
        return new Failure.BudgetExhausted(
                policy.name(),
                "the budget '" + policy.name() + "' of " + policy.limit() + " a "
                        + policy.per().wire() + " is spent; it starts anew at " + resets,
                Duration.between(now, resets));
    }

    private List<BudgetPolicy> policies(String caller) {
        Optional<BudgetPolicy> own = ofCaller.apply(caller);
        if (own.isEmpty()) {
            return config.policies();
        }
        var all = new ArrayList<>(config.policies());
        all.add(own.get());
        return all;
    }

    private Account account(BudgetPolicy policy, String name) {
        Account account = accounts.computeIfAbsent(name, key -> new Account(policy, key, store));
        if (account.policy().equals(policy)) {
            return account;
        }
        // The key was made anew with another budget.
        var changed = new Account(policy, name, store);
        if (accounts.replace(name, account, changed)) {
            giveBack(account);
        }
        return accounts.getOrDefault(name, changed);
    }

    private static void giveBack(Account account) {
        try {
            account.giveBack();
        } catch (BudgetStore.Away away) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the rest of a block of budget " + account.name() + " is lost: " + away.getMessage());
        }
    }

    /** Whether there are budgets at all. */
    public boolean any() {
        return !config.policies().isEmpty() || !accounts.isEmpty();
    }

    /** How every budget stands, those of single callers included once they have spent something. */
    public List<BudgetReport> reports() {
        Instant now = clock.instant();
        for (BudgetPolicy policy : config.policies()) {
            if (policy.caller().filter(BudgetPolicy.EACH::equals).isEmpty()) {
                account(policy, policy.name());
            }
        }
        return accounts.values().stream()
                .sorted(java.util.Comparator.comparing(Account::name))
                .map(account -> report(account, now))
                .toList();
    }

    /** How the budgets stand that cover every call to a provider, whoever makes it. */
    public List<BudgetReport> reports(ProviderId provider) {
        Instant now = clock.instant();
        return config.policies().stream()
                .filter(policy -> policy.caller().isEmpty())
                .filter(policy -> policy.provider().map(provider::equals).orElse(true))
                .map(policy -> report(account(policy, policy.name()), now))
                .toList();
    }

    private static BudgetReport report(Account account, Instant now) {
        BudgetPolicy policy = account.policy();
        Money used = Money.NONE;
        String state;
        try {
            used = account.used(now);
            long left = policy.limit().micros() - used.micros();
            state = left <= 0
                    ? "exhausted"
                    : used.micros() * 5 >= policy.limit().micros() * 4 ? "low" : "ok";
        } catch (BudgetStore.Away away) {
            state = away.forPeriod() ? "lost" : "unknown";
        }
        return new BudgetReport(
                account.name(),
                policy.scope(),
                account.owner(),
                policy.limit(),
                used,
                new Money(Math.max(0, policy.limit().micros() - used.micros())),
                policy.resets(now),
                state);
    }

    @Override
    public void close() {
        accounts.values().forEach(Ledger::giveBack);
        store.close();
    }
}
