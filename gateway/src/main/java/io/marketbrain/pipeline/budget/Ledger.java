package io.marketbrain.pipeline.budget;

import io.marketbrain.model.Failure;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.cost.BillingPeriod;
import io.marketbrain.model.cost.Money;
import io.marketbrain.pipeline.BudgetReport;
import io.marketbrain.store.StoreUnavailable;
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
 * All budgets of the gateway. A call is paid from every budget that covers it; if one of them cannot pay, the call is
 * rejected and none is charged. Amounts are whole millionths and are never rounded. Thread-safe.
 */
public final class Ledger implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Ledger.class.getName());
    private static final Duration RETRY_INTERVAL = Duration.ofSeconds(10);
    private static final Duration REPORT_INTERVAL = Duration.ofSeconds(1);

    private final BudgetConfig config;
    private final Function<String, Optional<BudgetPolicy>> ofCaller;
    private final BudgetStore store;
    private final InstantSource clock;
    private final AtomicReference<Instant> loggedAt = new AtomicReference<>(Instant.EPOCH);
    private final AtomicReference<Instant> reportedAway = new AtomicReference<>(Instant.EPOCH);
    private final ConcurrentMap<String, BudgetAccount> accounts = new ConcurrentHashMap<>();

    public Ledger(BudgetConfig config, BudgetStore store, InstantSource clock) {
        this(config, _ -> Optional.empty(), store, clock);
    }

    /** @param ofCaller the budget of a caller's API key, in addition to the configured ones */
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

    /** An amount taken from one account in one period. */
    private record Taken(BudgetAccount from, String window) {}

    /** The amounts reserved for one call, to be settled when the call has ended. */
    static final class Reservation {
        private final Money amount;
        private final List<Taken> taken;

        private Reservation(Money amount, List<Taken> taken) {
            this.amount = amount;
            this.taken = List.copyOf(taken);
        }

        /** Charges {@code actual}, which must not be more than was reserved, and returns the rest. */
        void settle(Money actual) {
            long back = amount.micros() - actual.micros();
            if (back < 0) {
                LOG.log(
                        System.Logger.Level.ERROR,
                        "a call cost {0}, but only {1} was reserved; charging the reserved amount",
                        actual,
                        amount);
                return;
            }
            if (back > 0) {
                taken.forEach(each -> each.from().putBack(new Money(back), each.window()));
            }
        }
    }

    /** Whether a budget limits what a caller spends at a provider. */
    public boolean covers(ProviderId provider, String caller) {
        return policies(caller).stream().anyMatch(policy -> policy.covers(provider, caller));
    }

    /** Reserves {@code amount} for a call; fails with BudgetExhausted. */
    Outcome<Reservation> reserve(ProviderId provider, String caller, Money amount) {
        Instant now = clock.instant();
        List<Taken> taken = new ArrayList<>();
        for (BudgetPolicy policy : policies(caller)) {
            if (policy.covers(provider, caller)) {
                BudgetAccount account = account(policy, policy.account(caller));
                Failure failure;
                try {
                    Optional<String> window = account.take(amount, now);
                    if (window.isPresent()) {
                        taken.add(new Taken(account, window.get()));
                        continue;
                    }
                    failure = exhausted(policy, now);
                } catch (StoreUnavailable away) {
                    failure = away(policy, away, now);
                }
                new Reservation(amount, taken).settle(Money.NONE);
                return Outcome.failed(failure);
            }
        }
        return Outcome.success(new Reservation(amount, taken));
    }

    /**
     * Reserves one of the provider's free calls; empty if they are used up, if they cannot be counted, or if no budget
     * covers the call.
     */
    Optional<Reservation> findFree(ProviderId provider, String caller, BillingPeriod billing) {
        if (billing.freeCalls() == 0 || !covers(provider, caller)) {
            return Optional.empty();
        }
        BudgetPolicy policy = BudgetPolicy.free(provider, billing);
        BudgetAccount account = account(policy, policy.name());
        try {
            return account.take(BudgetPolicy.ONE, clock.instant())
                    .map(window -> new Reservation(BudgetPolicy.ONE, List.of(new Taken(account, window))));
        } catch (StoreUnavailable away) {
            return Optional.empty();
        }
    }

    /** What is left of the provider's free calls, in percent; 100 if it has none or none was counted in this period. */
    int freePercentLeft(ProviderId provider, BillingPeriod billing) {
        if (billing.freeCalls() == 0) {
            return 100;
        }
        BudgetAccount account =
                accounts.get(BudgetPolicy.free(provider, billing).name());
        return account == null ? 100 : account.percentLeft(clock.instant());
    }

    private Failure away(BudgetPolicy policy, StoreUnavailable away, Instant now) {
        logThrottled(String.valueOf(away.getMessage()), now);
        if (away instanceof BudgetStore.CountLost) {
            Instant resets = policy.resets(now);
            return new Failure.BudgetExhausted(
                    policy.name(),
                    "budget '" + policy.name() + "' is closed until " + resets + ": " + away.getMessage(),
                    Duration.between(now, resets));
        }
        return new Failure.BudgetExhausted(
                policy.name(),
                "the budget store is unavailable, so calls that cost money are rejected; retry in 10 s",
                RETRY_INTERVAL);
    }

    /** Logs that the store is unavailable, at most once in ten seconds: every call fails until it is back. */
    private void logThrottled(String message, Instant now) {
        Instant before = loggedAt.get();
        if ((now.isBefore(before) || now.isAfter(before.plus(RETRY_INTERVAL))) && loggedAt.compareAndSet(before, now)) {
            LOG.log(System.Logger.Level.WARNING, "calls that cost money are rejected: {0}", message);
        }
    }

    /** Whether a report has just found the store unavailable: the next ones do not wait for it in turn. */
    private boolean wasJustAway(Instant now) {
        Instant before = reportedAway.get();
        return !now.isBefore(before) && now.isBefore(before.plus(REPORT_INTERVAL));
    }

    private static Failure exhausted(BudgetPolicy policy, Instant now) {
        Instant resets = policy.resets(now);
        return new Failure.BudgetExhausted(
                policy.name(),
                "budget '" + policy.name() + "' of " + policy.limit() + " per "
                        + policy.per().wire() + " is used up; it resets at " + resets,
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

    private BudgetAccount account(BudgetPolicy policy, String name) {
        BudgetAccount account = accounts.computeIfAbsent(name, key -> new BudgetAccount(policy, key, store));
        if (account.policy().equals(policy)) {
            return account;
        }
        // The API key was created again with another budget.
        var changed = new BudgetAccount(policy, name, store);
        if (accounts.replace(name, account, changed)) {
            giveBack(account);
        }
        return accounts.getOrDefault(name, changed);
    }

    private static void giveBack(BudgetAccount account) {
        try {
            account.giveBack();
        } catch (StoreUnavailable away) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the unspent block of budget " + account.name() + " could not be returned and is lost: "
                            + away.getMessage());
        }
    }

    /** Whether any budgets are in use. */
    public boolean any() {
        return !config.policies().isEmpty() || !accounts.isEmpty();
    }

    /** The state of all budgets; those of single callers are included once they have spent something. */
    public List<BudgetReport> reports() {
        Instant now = clock.instant();
        for (BudgetPolicy policy : config.policies()) {
            if (policy.caller().filter(BudgetPolicy.EACH::equals).isEmpty()) {
                account(policy, policy.name());
            }
        }
        return accounts.values().stream()
                .sorted(java.util.Comparator.comparing(BudgetAccount::name))
                .map(account -> report(account, now))
                .toList();
    }

    /** The state of the budgets that cover all calls to a provider, whoever the caller is. */
    public List<BudgetReport> reports(ProviderId provider) {
        Instant now = clock.instant();
        return config.policies().stream()
                .filter(policy -> policy.caller().isEmpty())
                .filter(policy -> policy.provider().map(provider::equals).orElse(true))
                .map(policy -> report(account(policy, policy.name()), now))
                .toList();
    }

    private BudgetReport report(BudgetAccount account, Instant now) {
        BudgetPolicy policy = account.policy();
        Money used = Money.NONE;
        String state = "unknown";
        if (!wasJustAway(now)) {
            try {
                used = account.used(now);
                long left = policy.limit().micros() - used.micros();
                state = left <= 0
                        ? "exhausted"
                        : used.micros() * 5 >= policy.limit().micros() * 4 ? "low" : "ok";
            } catch (BudgetStore.CountLost lost) {
                state = "lost";
            } catch (StoreUnavailable away) {
                reportedAway.set(now);
            }
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
