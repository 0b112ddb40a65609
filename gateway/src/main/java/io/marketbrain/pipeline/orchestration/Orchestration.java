package io.marketbrain.pipeline.orchestration;

import io.marketbrain.model.Answer;
import io.marketbrain.model.Attempt;
import io.marketbrain.model.Call;
import io.marketbrain.model.Failure;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.Ticker;
import io.marketbrain.pipeline.MarketDataSource;
import io.marketbrain.pipeline.Route;
import io.marketbrain.pipeline.Routes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The chooser of routes: tries those that a query has in their order and tells which it tried. A live provider that
 * is down is never replaced by the mock market unless the caller accepts that; one that rejects its credentials is,
 * with the reason, until the credentials are tried again, as long as no other live provider was to answer.
 * Thread-safe.
 */
public final class Orchestration implements MarketDataSource {
    private final Routes routes;
    private final RejectedCredentials rejected;
    private final Ticker ticker;

    public Orchestration(Routes routes, OrchestrationConfig config, Ticker ticker) {
        this.routes = routes;
        this.rejected = new RejectedCredentials(config.credentialsRecheck(), ticker);
        this.ticker = ticker;
    }

    @Override
    public Outcome<Answer> fetch(MarketQuery query, Call call) {
        return routes.routes(query).then(candidates -> first(candidates, query, call));
    }

    private Outcome<Answer> first(List<Route> candidates, MarketQuery query, Call call) {
        boolean anyProvider = query.provider().equals(ProviderId.AUTO);
        Tried tried = new Tried();
        for (Route route : candidates) {
            boolean standIn = route.when() == Route.When.STAND_IN;
            if (standIn && !tried.allowsStandIn(call)) {
                continue;
            }
            if (!standIn && rejected.lately(route.provider())) {
                tried.skipped(new Failure.CredentialsRejected(
                        route.provider(), route.provider() + " rejected the credentials lately"));
                continue;
            }
            if (call.deadline().passed()) {
                tried.skipped(
                        new Failure.DeadlinePassed("the time for this request was up before a provider answered"));
                break;
            }
            long start = ticker.nanos();
            Outcome<Answer> outcome = route.source().fetch(anyProvider ? query.to(route.provider()) : query, call);
            Duration took = Duration.ofNanos(ticker.nanos() - start);
            note(call, route, outcome, took, tried.attempts.size() + 1);
            switch (outcome) {
                case Outcome.Success<Answer>(Answer answer) -> {
                    @Nullable Failure before = tried.last;
                    tried.add(new Attempt(route.provider(), route.mode(), "ok", "", took), null);
                    return Outcome.success(explained(answer, route, before, tried.attempts));
                }
                case Outcome.Failed<Answer>(Failure failure) -> {
                    tried.add(
                            new Attempt(route.provider(), route.mode(), failure.code(), failure.message(), took),
                            failure);
                    if (failure instanceof Failure.CredentialsRejected) {
                        rejected.note(route.provider());
                    }
                    if (!RoutePolicy.isWorthAnotherProvider(failure, anyProvider)) {
                        return Outcome.failed(tried.failure(query));
                    }
                }
            }
        }
        return Outcome.failed(tried.failure(query));
    }

    private static void note(Call call, Route route, Outcome<Answer> outcome, Duration took, int attempt) {
        if (call.trace().on()) {
            String how = outcome instanceof Outcome.Failed<Answer>(Failure failure) ? failure.code() : "ok";
            call.trace()
                    .note(
                            "attempt_" + attempt,
                            route.provider() + " (" + route.mode().wire() + "): " + how + " after "
                                    + took.toNanos() / 1000 + " us");
        }
    }

    private static Answer explained(Answer answer, Route route, @Nullable Failure last, List<Attempt> attempts) {
        var provenance = answer.provenance().withAttempts(attempts);
        if (last != null && route.when() == Route.When.STAND_IN) {
            return answer.with(provenance.withMockReason(last.message()));
        }
        return answer.with(route.reason() == null ? provenance : provenance.withMockReason(route.reason()));
    }

    /** What was tried for one request. Not thread-safe. */
    private static final class Tried {
        private final List<Attempt> attempts = new ArrayList<>();
        private @Nullable Failure last;
        private boolean onlyRejected = true;

        void add(Attempt attempt, @Nullable Failure failure) {
            attempts.add(attempt);
            if (failure != null) {
                skipped(failure);
            }
        }

        void skipped(Failure failure) {
            onlyRejected &= failure instanceof Failure.CredentialsRejected;
            last = RoutePolicy.moreTelling(last, failure);
        }

        boolean allowsStandIn(Call call) {
            return last != null && (onlyRejected || (last instanceof Failure.Upstream && call.mockWhenDown()));
        }

        Failure failure(MarketQuery query) {
            if (last == null) {
                throw new IllegalStateException("no route for " + query);
            }
            return attempts.size() > 1 && !(last instanceof Failure.CallerFault)
                    ? new Failure.NoProviderAnswered(attempts, last)
                    : last;
        }
    }

    @Override
    public String toString() {
        return "orchestration";
    }
}
