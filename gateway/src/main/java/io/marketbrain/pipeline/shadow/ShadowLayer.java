package io.marketbrain.pipeline.shadow;

import io.marketbrain.concurrent.TaskRunner;
import io.marketbrain.model.Attempt;
import io.marketbrain.model.Call;
import io.marketbrain.model.CallId;
import io.marketbrain.model.Caller;
import io.marketbrain.model.Deadline;
import io.marketbrain.model.Failure;
import io.marketbrain.model.MarketData.Quote;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.MarketQuery.QuoteQuery;
import io.marketbrain.model.Mode;
import io.marketbrain.model.NanoClock;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.Priority;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.QueryResult;
import io.marketbrain.pipeline.BackgroundAdmission;
import io.marketbrain.pipeline.Layer;
import io.marketbrain.pipeline.MarketDataSource;
import io.marketbrain.pipeline.Route;
import io.marketbrain.pipeline.RouteFinder;
import io.marketbrain.pipeline.ShadowReport;
import io.marketbrain.telemetry.CurrentCall;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;

/**
 * Asks a second live provider for a share of the live quotes, in the background, and compares the two. The second request has
 * low priority and passes the whole stack of its provider, so that it stays within quota and budget; it starts only if
 * background work is admitted, and never delays or changes the response. Thread-safe.
 */
public final class ShadowLayer implements Layer {
    /** Two providers in one order are a pair; further pairs are not compared. */
    static final int MAX_PAIRS = 1000;

    private static final double ALL = 100;

    /** The codes of failures that are the provider's begin with it. */
    private static final String PROVIDER_FAULT = "upstream-";

    private final ShadowConfig config;
    private final RouteFinder routes;
    private final BackgroundAdmission admission;
    private final NanoClock nanoClock;
    private final RandomGenerator random;
    private final TaskRunner threads;
    private final Semaphore atOnce;
    private final double percent;
    private final Map<String, PairStatistics> pairs = new ConcurrentSkipListMap<>();
    private final AtomicLong ids = new AtomicLong();
    private final LongAdder shadowed = new LongAdder();
    private final LongAdder alone = new LongAdder();
    private final LongAdder notComparable = new LongAdder();
    private final LongAdder notAdmitted = new LongAdder();

    public ShadowLayer(
            ShadowConfig config,
            RouteFinder routes,
            BackgroundAdmission admission,
            NanoClock nanoClock,
            RandomGenerator random) {
        this.config = config;
        this.routes = routes;
        this.admission = admission;
        this.nanoClock = nanoClock;
        this.random = random;
        this.threads = new TaskRunner("shadow", nanoClock);
        this.atOnce = new Semaphore(config.atOnce());
        this.percent = config.percent().doubleValue();
    }

    /** How the providers compare, a report for each pair. */
    public List<ShadowReport> reports() {
        return pairs.values().stream().map(PairStatistics::report).toList();
    }

    @Override
    public String name() {
        return "shadow";
    }

    @Override
    public String state() {
        return config.isOn() ? "ok" : "off";
    }

    @Override
    public Map<String, Long> counters() {
        return Map.of(
                "shadowed", shadowed.sum(),
                "no_other_provider", alone.sum(),
                "not_comparable", notComparable.sum(),
                "not_admitted", notAdmitted.sum());
    }

    @Override
    public MarketDataSource around(MarketDataSource next) {
        return (query, call) -> query instanceof QuoteQuery quote && quote.at() == null
                ? watched(quote, call, next)
                : next.fetch(query, call);
    }

    private Outcome<QueryResult> watched(QuoteQuery query, Call call, MarketDataSource next) {
        long began = nanoClock.nanos();
        Outcome<QueryResult> outcome = next.fetch(query, call);
        switch (outcome) {
            case Outcome.Success<QueryResult>(QueryResult result) -> {
                if (result.provenance().mode() == Mode.LIVE && result.data() instanceof Quote quote && isSampled()) {
                    noteFailovers(result);
                    start(query, result.provenance().provider(), quote, nanoClock.nanos() - began);
                }
            }
            case Outcome.Failed<QueryResult>(Failure failure) -> {
                if (failure instanceof Failure.Upstream upstream && isSampled()) {
                    noteFailure(query, upstream.provider(), failure.code());
                }
            }
        }
        return outcome;
    }

    private boolean isSampled() {
        return random.nextDouble() * ALL < percent;
    }

    /** Counts the providers that failed before another one answered, each in the pair with that one. */
    private void noteFailovers(QueryResult result) {
        ProviderId answered = result.provenance().provider();
        for (Attempt attempt : result.provenance().attempts()) {
            if (attempt.mode() == Mode.LIVE
                    && !attempt.provider().equals(answered)
                    && attempt.outcome().startsWith(PROVIDER_FAULT)) {
                findPair(attempt.provider(), answered).ifPresent(pair -> pair.addPrimaryFailure(attempt.outcome()));
            }
        }
    }

    /** Counts a failure of a live provider in the pair in which its success would have been counted. */
    private void noteFailure(QuoteQuery query, ProviderId failed, String code) {
        if (liveRoutes(query).stream().anyMatch(route -> route.provider().equals(failed))) {
            findOther(query, failed)
                    .flatMap(other -> findPair(failed, other.provider()))
                    .ifPresent(pair -> pair.addPrimaryFailure(code));
        }
    }

    private void start(QuoteQuery query, ProviderId primary, Quote quote, long nanos) {
        if (quote.price().signum() <= 0) {
            // A deviation in basis points of zero is no number.
            notComparable.increment();
            return;
        }
        if (!atOnce.tryAcquire()) {
            notAdmitted.increment();
            return;
        }
        Optional<Runnable> permit = admission.tryEnter();
        if (permit.isEmpty()) {
            atOnce.release();
            notAdmitted.increment();
            return;
        }
        var call = new Call(
                new CallId("shadow-" + ids.incrementAndGet()),
                Caller.GATEWAY,
                Priority.LOW,
                Deadline.in(config.timeout(), nanoClock),
                false);
        var _ = CurrentCall.start(
                threads,
                call.id(),
                () -> {
                    compare(query, primary, quote, nanos, call);
                    return true;
                },
                _ -> {
                    permit.get().run();
                    atOnce.release();
                });
    }

    private void compare(QuoteQuery query, ProviderId primary, Quote quote, long nanos, Call call) {
        Optional<Route> other = findOther(query, primary);
        if (other.isEmpty()) {
            alone.increment();
            return;
        }
        Optional<PairStatistics> pair = findPair(primary, other.get().provider());
        if (pair.isEmpty()) {
            notComparable.increment();
            return;
        }
        shadowed.increment();
        long began = nanoClock.nanos();
        switch (other.get().source().fetch(query.to(other.get().provider()), call)) {
            case Outcome.Success<QueryResult>(QueryResult result)
            when result.data() instanceof Quote otherQuote -> {
                pair.get().add(quote.price(), otherQuote.price(), nanos, nanoClock.nanos() - began);
            }
            case Outcome.Success<QueryResult> _ ->
                throw new IllegalStateException("the response to a quote query has no quote");
            case Outcome.Failed<QueryResult>(Failure failure) -> pair.get().addFailure(failure.code());
        }
    }

    /** The preferred live route of another provider. */
    private Optional<Route> findOther(MarketQuery query, ProviderId primary) {
        return liveRoutes(query).stream()
                .filter(route -> !route.provider().equals(primary))
                .findFirst();
    }

    private List<Route> liveRoutes(MarketQuery query) {
        return routes.routes(query.to(ProviderId.AUTO)) instanceof Outcome.Success<List<Route>>(List<Route> all)
                ? all.stream()
                        .filter(route -> route.mode() == Mode.LIVE && route.when() == Route.When.ALWAYS)
                        .toList()
                : List.of();
    }

    private Optional<PairStatistics> findPair(ProviderId primary, ProviderId other) {
        String key = primary + " " + other;
        return pairs.containsKey(key) || pairs.size() < MAX_PAIRS
                ? Optional.of(pairs.computeIfAbsent(key, _ -> new PairStatistics(primary, other)))
                : Optional.empty();
    }
}
