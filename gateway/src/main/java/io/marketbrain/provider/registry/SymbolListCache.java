package io.marketbrain.provider.registry;

import io.marketbrain.concurrent.BackgroundTask;
import io.marketbrain.concurrent.TaskRunner;
import io.marketbrain.model.Call;
import io.marketbrain.model.CallId;
import io.marketbrain.model.Caller;
import io.marketbrain.model.Deadline;
import io.marketbrain.model.Failure;
import io.marketbrain.model.MarketData.Symbols;
import io.marketbrain.model.MarketQuery.SymbolsQuery;
import io.marketbrain.model.NanoClock;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.Priority;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.QueryResult;
import io.marketbrain.pipeline.MarketDataSource;
import io.marketbrain.provider.SymbolListTerms;
import io.marketbrain.telemetry.CurrentCall;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The list of instruments of a live provider, fetched when first needed, kept in memory, and refreshed in the
 * background when old. No caller waits longer than the configured time; if the fetch fails, there is no list.
 * Thread-safe.
 */
final class SymbolListCache {
    /** How long a fetch may take past its deadline, which its source enforces itself. */
    private static final Duration GRACE = Duration.ofMillis(500);

    private static final System.Logger LOG = System.getLogger(SymbolListCache.class.getName());

    private final ProviderId provider;
    private final SymbolListTerms terms;
    private final MarketDataSource source;
    private final SymbolListConfig config;
    private final SymbolListBudget budget;
    private final NanoClock nanoClock;
    private final TaskRunner threads;

    private volatile @Nullable Snapshot latest;
    private volatile @Nullable String problem;
    private @Nullable BackgroundTask<?> fetching;
    private @Nullable Long triedAt;

    /**
     * A list as fetched at one moment.
     *
     * @param maxAge how old it may be before it is fetched again
     */
    private record Snapshot(SymbolTable symbols, long atNanos, Duration maxAge) {}

    /**
     * A list that is fetched when needed.
     *
     * @param terms which of the provider's lists it is
     * @param source answers {@link SymbolsQuery}
     * @param budget the memory for the lists of all providers
     */
    SymbolListCache(
            ProviderId provider,
            SymbolListTerms terms,
            MarketDataSource source,
            SymbolListConfig config,
            SymbolListBudget budget,
            NanoClock nanoClock) {
        this.budget = budget;
        this.provider = provider;
        this.terms = terms;
        this.source = source;
        this.config = config;
        this.nanoClock = nanoClock;
        this.threads = new TaskRunner("symbols", nanoClock);
    }

    SymbolListTerms terms() {
        return terms;
    }

    /** Why the last attempt to fetch the list, or a part of it, failed; empty if it did not. */
    Optional<String> findProblem() {
        return Optional.ofNullable(problem);
    }

    /** A list that a failure has cut is not kept for the provider's longer time. */
    private Duration maxAge(Symbols list) {
        return list.problem() != null || config.maxAge().compareTo(terms.minTtl()) >= 0
                ? config.maxAge()
                : terms.minTtl();
    }

    /** The list if it is in memory, however old; nothing is fetched. */
    Optional<SymbolTable> findHeld() {
        return Optional.ofNullable(latest).map(Snapshot::symbols);
    }

    /** The list if it is in memory; an old one is refreshed in the background. */
    Optional<SymbolTable> findNow() {
        Snapshot snapshot = latest;
        if (snapshot == null) {
            return Optional.empty();
        }
        if (nanoClock.nanos() - snapshot.atNanos > snapshot.maxAge.toNanos()) {
            var _ = fetch();
        }
        return Optional.of(snapshot.symbols);
    }

    /** The configured time for which a first fetch is waited for, from now on. */
    Deadline longestWait() {
        return Deadline.in(config.longestWait(), nanoClock);
    }

    /** The list; waits for its first fetch for the configured time. */
    Optional<SymbolTable> findSoon() {
        return findBy(longestWait());
    }

    /** The list; waits for its first fetch until the deadline. */
    Optional<SymbolTable> findBy(Deadline deadline) {
        Optional<SymbolTable> now = findNow();
        if (now.isPresent()) {
            return now;
        }
        BackgroundTask<?> fetch = fetch();
        if (fetch != null) {
            try {
                // Without a list, the caller uses the symbol rules.
                var _ = fetch.await(deadline.remaining());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return findNow();
    }

    /** Fetches the list if it is not in memory. */
    void startFetch() {
        if (latest == null) {
            var _ = fetch();
        }
    }

    /** The fetch under way, which may have just started; null while it is too early after a failed one. */
    private synchronized @Nullable BackgroundTask<?> fetch() {
        BackgroundTask<?> running = fetching;
        Long last = triedAt;
        long age = last == null ? 0 : nanoClock.nanos() - last;
        if (running != null && !running.ended()) {
            if (age <= config.fetchTimeout().plus(GRACE).toNanos()) {
                return running;
            }
            running.cancel(); // its source did not return at its deadline
        }
        if (last != null && age < config.retryAfter().toNanos()) {
            return null;
        }
        triedAt = nanoClock.nanos();
        var call = new Call(
                new CallId("symbols-" + provider + (terms.name() == null ? "" : "-" + terms.name())),
                Caller.GATEWAY,
                Priority.LOW,
                Deadline.in(config.fetchTimeout(), nanoClock),
                false);
        fetching = CurrentCall.start(threads, call.id(), () -> refresh(call));
        return fetching;
    }

    /** Fetches the list; if that fails, the present one is kept. Returns whether it arrived as a whole. */
    private boolean refresh(Call call) {
        problem = switch (source.fetch(new SymbolsQuery(provider, terms.name(), null), call)) {
            case Outcome.Failed<QueryResult>(Failure failure) -> failure.message();
            case Outcome.Success<QueryResult>(QueryResult answer) ->
                answer.data() instanceof Symbols list ? keep(list).orElse(null) : provider + " sent no list";
        };
        return problem == null;
    }

    /** Keeps the list in place of the older one; the reason if it does not fit, or if a part of it is missing. */
    private Optional<String> keep(Symbols list) {
        SymbolTable symbols = SymbolTable.of(list.symbols(), list.next() != null);
        Optional<String> refusal = budget.replace(provider, terms.name(), symbols, list.rejected());
        if (refusal.isPresent()) {
            LOG.log(System.Logger.Level.WARNING, "the symbol list of " + provider + " is not used: " + refusal.get());
            return refusal;
        }
        latest = new Snapshot(symbols, nanoClock.nanos(), maxAge(list));
        return Optional.ofNullable(list.problem());
    }

    @Override
    public String toString() {
        return source.toString();
    }
}
