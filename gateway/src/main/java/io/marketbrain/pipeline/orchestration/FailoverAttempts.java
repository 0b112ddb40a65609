package io.marketbrain.pipeline.orchestration;

import io.marketbrain.concurrent.BackgroundTask;
import io.marketbrain.concurrent.TaskResult;
import io.marketbrain.concurrent.TaskRunner;
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
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
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
    /** How long to wait past the deadline; sources enforce the deadline themselves, and their failure says more. */
    private static final Duration GRACE = Duration.ofMillis(50);

    private final MarketQuery query;
    private final Call call;
    private final TaskRunner threads;
    private final NanoClock nanoClock;

    /** @param threads runs hedged attempts */
    FailoverAttempts(MarketQuery query, Call call, TaskRunner threads, NanoClock nanoClock) {
        this.query = query;
        this.call = call;
        this.threads = threads;
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
        return new Ended(route, outcome, since(start));
    }

    /**
     * Fetches from a route, and also from a second one if the first has not finished after {@code after} and
     * {@code mayHedge} returns true. Returns the attempts in the order in which they ended; a successful one is last. An
     * attempt that throws ends with {@link Failure.Bug}, one that does not end in time with {@link
     * Failure.DeadlinePassed}.
     */
    List<Ended> hedged(Route first, Route second, Duration after, BooleanSupplier mayHedge) {
        var ended = new LinkedBlockingQueue<Ended>();
        long start = nanoClock.nanos();
        BackgroundTask<?> ahead = start(first, ended);
        BackgroundTask<?> behind = null;
        try {
            Ended quick = ended.poll(Math.min(after.toNanos(), untilLatest()), TimeUnit.NANOSECONDS);
            if (quick != null) {
                return List.of(quick);
            }
            if (call.deadline().passed() || !mayHedge.getAsBoolean()) {
                return List.of(next(ended).orElseGet(() -> late(first, start)));
            }
            long hedgeStart = nanoClock.nanos();
            behind = start(second, ended);
            Optional<Ended> earlier = next(ended);
            if (earlier.isEmpty()) {
                return List.of(late(first, start), late(second, hedgeStart));
            }
            Ended one = earlier.get();
            boolean firstEnded = one.route().equals(first);
            Route other = firstEnded ? second : first;
            long otherStart = firstEnded ? hedgeStart : start;
            if (one.outcome() instanceof Outcome.Success) {
                return List.of(new Ended(other, null, since(otherStart)), one);
            }
            return List.of(one, next(ended).orElseGet(() -> late(other, otherStart)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            Outcome<QueryResult> cancelled =
                    Outcome.failed(new Failure.DeadlinePassed("request cancelled by the client"));
            return List.of(new Ended(first, cancelled, since(start)));
        } finally {
            ahead.cancel();
            if (behind != null) {
                behind.cancel();
            }
        }
    }

    /** The next attempt to end; empty if none does before the deadline and {@link #GRACE} have passed. */
    private Optional<Ended> next(BlockingQueue<Ended> ended) throws InterruptedException {
        return Optional.ofNullable(ended.poll(untilLatest(), TimeUnit.NANOSECONDS));
    }

    private long untilLatest() {
        return call.deadline().remaining().plus(GRACE).toNanos();
    }

    private Ended late(Route route, long start) {
        var failure = new Failure.DeadlinePassed("the deadline passed before " + route.provider() + " responded");
        return new Ended(route, Outcome.failed(failure), since(start));
    }

    private Duration since(long startNanos) {
        return Duration.ofNanos(nanoClock.nanos() - startNanos);
    }

    private BackgroundTask<Ended> start(Route route, BlockingQueue<Ended> ended) {
        long start = nanoClock.nanos();
        return CurrentCall.start(threads, call.id(), () -> one(route), result -> {
            switch (result) {
                case TaskResult.Completed<Ended>(Ended one) -> ended.add(one);
                case TaskResult.Crashed<Ended> _ ->
                    ended.add(new Ended(route, Outcome.failed(new Failure.Bug(call.id())), since(start)));
                case TaskResult.Cancelled<Ended> _ -> {
                    // Only once nothing waits for it.
                }
            }
        });
    }
}
