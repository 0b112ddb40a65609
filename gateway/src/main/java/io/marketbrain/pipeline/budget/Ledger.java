package io.marketbrain.pipeline.budget;

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

    /** What was taken out for one call, to be settled when it has ended. */
    static final class Reservation {
        private final Money amount;
        private final List<Account> from;
        private final List<String> windows;

        private Reservation(Money amount, List<Account> from) {
            this.amount = amount;
            this.from = List.copyOf(from);
            this.windows = from.stream().map(Account::window).toList();
        }

        /** The call cost {@code actual}, which is never more than was reserved. */
        void settle(Money actual) {
            long back = amount.micros() - actual.micros();
            if (back < 0) {
                LOG.log(System.Logger.Level.ERROR, "a call cost {0}, but {1} was reserved", actual, amount);
                return;
            }
            for (int i = 0; i < from.size() && back > 0; i++) {
                from.get(i).putBack(new Money(back), windows.get(i));
            }
        }
    }

    /** Pays {@code amount} for a call in advance; fails with BudgetExhausted. */
    Outcome<Reservation> reserve(ProviderId provider, String caller, Money amount) {
        Instant now = clock.instant();
        List<Account> paid = new ArrayList<>();
        for (BudgetPolicy policy : policies(caller)) {
            if (policy.covers(provider, caller)) {
                Account account = account(policy, policy.account(caller));
                try {
                    if (!account.take(amount, now)) {
                        new Reservation(amount, paid).settle(Money.NONE);
                        return Outcome.failed(exhausted(policy, now));
                    }
                } catch (BudgetStore.Away away) {
                    new Reservation(amount, paid).settle(Money.NONE);
                    LOG.log(System.Logger.Level.WARNING, "the store of budgets is away: " + away.getMessage());
                    return Outcome.failed(new Failure.BudgetExhausted(
                            policy.name(),
                            "the store of budgets cannot be reached, and nothing is spent that cannot be counted",
                            WHILE_AWAY));
                }
                paid.add(account);
            }
        }
        return Outcome.success(new Reservation(amount, paid));
    }

    /** Pays for a call that goes around the stack, for good; fails with BudgetExhausted. */
    public Outcome<Money> pay(ProviderId provider, String caller, Money amount) {
        return amount.isNone()
                ? Outcome.success(amount)
                : reserve(provider, caller, amount).map(_ -> amount);
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
        return !config.policies().isEmpty();
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

    private static BudgetReport report(Account account, Instant now) {
        BudgetPolicy policy = account.policy();
        Money used = Money.NONE;
        String state;
        try {
            used = account.used(now);
            long left = policy.limit().micros() - used.micros();
            state = left <= 0
                    ? "exhausted"
                    : used.micros() / 4 >= policy.limit().micros() / 5 ? "low" : "ok";
        } catch (BudgetStore.Away away) {
            state = "unknown";
        }
        return new BudgetReport(
                account.name(),
                policy.scope(),
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
