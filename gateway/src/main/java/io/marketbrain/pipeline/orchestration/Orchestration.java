package io.marketbrain.pipeline.orchestration;

import io.marketbrain.model.Answer;
import io.marketbrain.model.Attempt;
import io.marketbrain.model.Call;
import io.marketbrain.model.Failure;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.Outcome;
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
 * with the reason, until the credentials are tried again. Thread-safe.
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
        List<Attempt> attempts = new ArrayList<>();
        @Nullable Failure last = null;
        for (Route route : candidates) {
            boolean standIn = route.when() == Route.When.STAND_IN;
            if (standIn && !mayStandIn(last, call)) {
                continue;
            }
            if (!standIn && rejected.lately(route.provider())) {
                last = new Failure.CredentialsRejected(
                        route.provider(), route.provider() + " rejected the credentials lately");
                continue;
            }
            if (call.deadline().passed()) {
                last = new Failure.DeadlinePassed("the time for this request was up before a provider answered");
                break;
            }
            long start = ticker.nanos();
            Outcome<Answer> outcome = route.source().fetch(query, call);
            Duration took = Duration.ofNanos(ticker.nanos() - start);
            switch (outcome) {
                case Outcome.Success<Answer>(Answer answer) -> {
                    attempts.add(new Attempt(route.provider(), route.mode(), "ok", "", took));
                    return Outcome.success(explained(answer, route, last, attempts));
                }
                case Outcome.Failed<Answer>(Failure failure) -> {
                    attempts.add(new Attempt(route.provider(), route.mode(), failure.code(), failure.message(), took));
                    if (failure instanceof Failure.CredentialsRejected) {
                        rejected.note(route.provider());
                    }
                    last = failure;
                    if (failure instanceof Failure.CallerFault) {
                        return Outcome.failed(failure);
                    }
                }
            }
        }
        if (last == null) {
            throw new IllegalStateException("no route for " + query);
        }
        return Outcome.failed(attempts.size() > 1 ? new Failure.NoProviderAnswered(attempts, last) : last);
    }

    private static boolean mayStandIn(@Nullable Failure last, Call call) {
        return last instanceof Failure.CredentialsRejected || (last instanceof Failure.Upstream && call.mockWhenDown());
    }

    private static Answer explained(Answer answer, Route route, @Nullable Failure last, List<Attempt> attempts) {
        var provenance = answer.provenance().withAttempts(attempts);
        if (last != null && route.when() == Route.When.STAND_IN) {
            return answer.with(provenance.withMockReason(last.message()));
        }
        return answer.with(route.reason() == null ? provenance : provenance.withMockReason(route.reason()));
    }

    @Override
    public String toString() {
        return "orchestration";
    }
}
