package io.marketbrain.pipeline.orchestration;

import io.marketbrain.model.Call;
import io.marketbrain.model.Failure;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.NanoClock;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.QueryResult;
import io.marketbrain.pipeline.Route;
import io.marketbrain.telemetry.CurrentCall;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs the attempts for one query: on one route, or on two if the first is slow (a hedged request; J. Dean, L. A.
 * Barroso: "The Tail at Scale", CACM 56(2), 2013). The first successful result is used; the other attempt is
 * interrupted, which closes its connection. Thread-safe.
 */
final class FailoverAttempts {
    private static final System.Logger LOG = System.getLogger(FailoverAttempts.class.getName());

    private final MarketQuery query;
    private final Call call;
    private final NanoClock nanoClock;

    FailoverAttempts(MarketQuery query, Call call, NanoClock nanoClock) {
        this.query = query;
        this.call = call;
        this.nanoClock = nanoClock;
    }

    /**
     * The result of one attempt.
     *
     * @param outcome null if the attempt was cancelled because the other route succeeded first
     */
    record Ended(Route route, @Nullable Outcome<QueryResult> outcome, Duration took) {}

    /** Fetches from one route. */
    Ended one(Route route) {
        long start = nanoClock.nanos();
        boolean anyProvider = query.provider().equals(ProviderId.AUTO);
        Outcome<QueryResult> outcome = route.source().fetch(anyProvider ? query.to(route.provider()) : query, call);
        return new Ended(route, outcome, Duration.ofNanos(nanoClock.nanos() - start));
    }

    /**
     * Fetches from a route, and also from a second one if the first has not finished after {@code after} and
     * {@code mayHedge} returns true. Returns the attempts in the order in which they ended; a successful one is last.
     */
    List<Ended> hedged(Route first, Route second, Duration after, BooleanSupplier mayHedge) {
        var ended = new LinkedBlockingQueue<Ended>();
        long start = nanoClock.nanos();
        FutureTask<?> ahead = start(first, ended);
        FutureTask<?> behind = null;
        try {
            Ended quick = ended.poll(after.toNanos(), TimeUnit.NANOSECONDS);
            if (quick != null) {
                return List.of(quick);
            }
            if (!mayHedge.getAsBoolean()) {
                return List.of(ended.take());
            }
            long hedgeStart = nanoClock.nanos();
            behind = start(second, ended);
            Ended one = ended.take();
            if (one.outcome() instanceof Outcome.Success) {
                boolean firstWon = one.route().equals(first);
                long since = firstWon ? hedgeStart : start;
                return List.of(
                        new Ended(firstWon ? second : first, null, Duration.ofNanos(nanoClock.nanos() - since)), one);
            }
            return List.of(one, ended.take());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            Outcome<QueryResult> cancelled =
                    Outcome.failed(new Failure.DeadlinePassed("request cancelled by the client"));
            return List.of(new Ended(first, cancelled, Duration.ofNanos(nanoClock.nanos() - start)));
        } finally {
            ahead.cancel(true);
            if (behind != null) {
                behind.cancel(true);
            }
        }
    }

    private FutureTask<?> start(Route route, BlockingQueue<Ended> ended) {
        var task = new FutureTask<>(
                () -> {
                    try {
                        ended.add(one(route));
                    } catch (RuntimeException bug) {
                        LOG.log(System.Logger.Level.ERROR, "an attempt failed with an exception", bug);
                        ended.add(new Ended(route, Outcome.failed(new Failure.Bug(call.id())), Duration.ZERO));
                    }
                },
                null);
        CurrentCall.startThread("attempt " + call.id(), call.id(), task);
        return task;
    }
}
