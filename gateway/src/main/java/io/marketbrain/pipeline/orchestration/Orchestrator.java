package io.marketbrain.pipeline.orchestration;

import io.marketbrain.concurrent.FailureLog;
import io.marketbrain.concurrent.TaskRunner;
import io.marketbrain.model.Attempt;
import io.marketbrain.model.Call;
import io.marketbrain.model.Call.MockChoice;
import io.marketbrain.model.Failure;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.Mode;
import io.marketbrain.model.NanoClock;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.Priority;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.QueryResult;
import io.marketbrain.pipeline.MarketDataSource;
import io.marketbrain.pipeline.Reportable;
import io.marketbrain.pipeline.RetryBudget;
import io.marketbrain.pipeline.Route;
import io.marketbrain.pipeline.RouteFinder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tries the routes of a query in order and reports which it tried. A live provider that is down is replaced by the mock
 * market only if the caller accepts that. A provider that rejects its credentials is replaced by the mock market, with
 * the reason, until the credentials are tried again, unless another live provider was among the routes or the provider is
 * explicitly live ({@link Route.When#ON_REQUEST}). For queries to
 * any provider, an interactive request can be hedged: sent to a second provider while the first is slow, if the
 * settings allow it. Thread-safe.
 */
public final class Orchestrator implements MarketDataSource, Reportable {
    private final RouteFinder routes;
    private final OrchestrationConfig config;
    private final RecentProviders rejected;
    private final RecentProviders stoodInFor;
    private final NanoClock nanoClock;
    private final FailureLog standInLog;
    private final TaskRunner attemptThreads;
    private final RetryBudget hedgeBudget;
    private final LongAdder hedges = new LongAdder();
    private final LongAdder hedgesWon = new LongAdder();
    private final LongAdder hedgesSpared = new LongAdder();
    private final LongAdder attempted = new LongAdder();
    private final LongAdder standIns = new LongAdder();

    public Orchestrator(RouteFinder routes, OrchestrationConfig config, NanoClock nanoClock) {
        this.routes = routes;
        this.config = config;
        this.hedgeBudget = new RetryBudget(config.hedgePercent());
        this.rejected = new RecentProviders(config.credentialsRecheck(), nanoClock);
        this.stoodInFor = new RecentProviders(config.credentialsRecheck(), nanoClock);
        this.nanoClock = nanoClock;
        this.standInLog = new FailureLog(System.getLogger(Orchestrator.class.getName()), "stand-in", nanoClock);
        this.attemptThreads = new TaskRunner("attempt", nanoClock);
    }

    @Override
    public String name() {
        return "orchestration";
    }

    @Override
    public Map<String, Long> counters() {
        return Map.of(
                "attempts",
                attempted.sum(),
                "stand_ins",
                standIns.sum(),
                "hedges",
                hedges.sum(),
                "hedges_won",
                hedgesWon.sum(),
                "hedges_spared",
                hedgesSpared.sum());
    }

    /** {@code standing-in} while mock data replaced a live provider's within the last {@code credentials_recheck}. */
    @Override
    public String state() {
        return stoodInFor.all().isEmpty() ? "ok" : "standing-in";
    }

    /** The live providers whose answers were replaced by mock data within the last {@code credentials_recheck}. */
    public List<ProviderId> standIns() {
        return stoodInFor.all();
    }

    @Override
    public Outcome<QueryResult> fetch(MarketQuery query, Call call) {
        return routes.routes(query).then(candidates -> firstSuccess(candidates, query, call));
    }

    private Outcome<QueryResult> firstSuccess(List<Route> candidates, MarketQuery query, Call call) {
        boolean anyProvider = query.provider().equals(ProviderId.AUTO);
        var attempts = new FailoverAttempts(query, call, attemptThreads, nanoClock);
        Tried tried = new Tried();
        if (call.trace().on()) {
            call.trace().note("routes", shown(candidates));
        }
        hedgeBudget.earn();
        for (int i = 0; i < candidates.size(); i++) {
            Route route = candidates.get(i);
            if (tried.routes.contains(route) || !mayUse(route, tried, call)) {
                continue;
            }
            if (call.deadline().passed()) {
                tried.skipped(new Failure.DeadlinePassed("the deadline passed before a provider responded"));
                break;
            }
            for (FailoverAttempts.Ended first :
                    fetch(route, candidates.subList(i + 1, candidates.size()), attempts, call)) {
                FailoverAttempts.Ended ended = confirmed(first, attempts);
                Failure before = tried.last;
                tried.add(ended, call);
                attempted.increment();
                switch (ended.outcome()) {
                    case Outcome.Success<QueryResult>(QueryResult answer) -> {
                        if (ended.route().when().isStandIn()) {
                            standIns.increment();
                            stoodInFor.note(ended.route().provider());
                            standInLog.warn("mock data stands in for "
                                    + ended.route().provider() + (before == null ? "" : ": " + before.message()));
                        }
                        return Outcome.success(explained(answer, ended.route(), before, tried.attempts));
                    }
                    case Outcome.Failed<QueryResult>(Failure failure) -> {
                        // Replayed rejections say nothing about the credentials of today.
                        if (failure instanceof Failure.CredentialsRejected
                                && ended.route().mode() == Mode.LIVE) {
                            rejected.note(ended.route().provider());
                        }
                    }
                    case null -> {}
                }
            }
            if (tried.worst != null && !FailoverPolicy.isWorthAnotherProvider(tried.worst, anyProvider)) {
                break;
            }
        }
        return Outcome.failed(tried.failure(query));
    }

    /** A rejection of credentials counts only if a second call confirms it; otherwise the second result does. */
    private static FailoverAttempts.Ended confirmed(FailoverAttempts.Ended ended, FailoverAttempts attempts) {
        return ended.outcome() instanceof Outcome.Failed<QueryResult>(Failure.CredentialsRejected _)
                ? attempts.one(ended.route())
                : ended;
    }

    /** Whether a route may be used now; records the reason if not. */
    private boolean mayUse(Route route, Tried tried, Call call) {
        if (route.when().isStandIn()) {
            return tried.allows(route.when(), call);
        }
        if (route.when() == Route.When.UNLESS_DECLINED && call.mockChoice() == MockChoice.DECLINED) {
            tried.skipped(new Failure.Unsupported(
                    route.provider(),
                    route.provider() + " has mock data only, which mock_when_down=false declines: " + route.reason()));
            return false;
        }
        if (rejected.contains(route.provider())) {
            tried.skipped(new Failure.CredentialsRejected(
                    route.provider(), route.provider() + " recently rejected the configured credentials"));
            return false;
        }
        return true;
    }

    private List<FailoverAttempts.Ended> fetch(Route route, List<Route> further, FailoverAttempts attempts, Call call) {
        if (config.hedgeAfter().isEmpty() || call.priority() != Priority.HIGH || route.mode() != Mode.LIVE) {
            return List.of(attempts.one(route));
        }
        Optional<Route> second = further.stream()
                .filter(other -> FailoverPolicy.mayHedge(route, other) && !rejected.contains(other.provider()))
                .findFirst();
        if (second.isEmpty()) {
            return List.of(attempts.one(route));
        }
        List<FailoverAttempts.Ended> ended =
                attempts.hedged(route, second.get(), config.hedgeAfter().get(), this::mayHedge);
        if (ended.getLast().route().equals(second.get()) && ended.getLast().outcome() instanceof Outcome.Success) {
            hedgesWon.increment();
        }
        return ended;
    }

    private boolean mayHedge() {
        boolean may = hedgeBudget.spend();
        (may ? hedges : hedgesSpared).increment();
        return may;
    }

    private static String shown(List<Route> candidates) {
        return candidates.stream()
                .map(route -> route.provider()
                        + (route.mode() == Mode.LIVE ? "" : " (" + route.mode().wire() + ")"))
                .collect(Collectors.joining(", "));
    }

    private static QueryResult explained(
            QueryResult answer, Route route, @Nullable Failure last, List<Attempt> attempts) {
        var provenance = answer.provenance().withAttempts(attempts);
        if (last != null && route.when().isStandIn()) {
            return answer.with(provenance.withMockReason(last.message()));
        }
        return answer.with(route.reason() == null ? provenance : provenance.withMockReason(route.reason()));
    }

    /** The attempts made for one request. Not thread-safe. */
    private static final class Tried {
        private final List<Attempt> attempts = new ArrayList<>();
        private final List<Route> routes = new ArrayList<>();
        private @Nullable Failure last;
        private @Nullable Failure worst;
        private boolean onlyRejected = true;

        void add(FailoverAttempts.Ended ended, Call call) {
            Route route = ended.route();
            routes.add(route);
            String how = switch (ended.outcome()) {
                case Outcome.Success<QueryResult> _ -> "ok";
                case Outcome.Failed<QueryResult>(Failure failure) -> failure.code();
                case null -> "cancelled";
            };
            String detail = ended.outcome() == null ? "another provider responded first" : "";
            if (ended.outcome() instanceof Outcome.Failed<QueryResult>(Failure failure)) {
                detail = failure.message();
                worst = FailoverPolicy.moreFinal(worst, failure);
                skipped(failure);
            }
            attempts.add(new Attempt(route.provider(), route.mode(), how, detail, ended.took()));
            if (call.trace().on()) {
                call.trace()
                        .note(
                                "attempt_" + attempts.size(),
                                route.provider() + " (" + route.mode().wire() + "): " + how + " after "
                                        + ended.took().toNanos() / 1000 + " us");
            }
        }

        void skipped(Failure failure) {
            onlyRejected &= failure instanceof Failure.CredentialsRejected;
            last = FailoverPolicy.moreInformative(last, failure);
        }

        /** Whether mock data may be used now, by the condition of its route. */
        boolean allows(Route.When when, Call call) {
            boolean unasked = when == Route.When.STAND_IN && onlyRejected && call.mockChoice() != MockChoice.DECLINED;
            return last != null && (unasked || (FailoverPolicy.isDown(last) && call.mockWhenDown()));
        }

        Failure failure(MarketQuery query) {
            if (last == null) {
                throw new IllegalStateException("no route for " + query);
            }
            Failure reported = last instanceof Failure.Untrusted untrusted ? untrusted.withAttempts(attempts) : last;
            return attempts.size() > 1 && !(last instanceof Failure.CallerFault)
                    ? new Failure.NoProviderAnswered(attempts, reported)
                    : reported;
        }
    }

    @Override
    public String toString() {
        return "orchestration";
    }
}
