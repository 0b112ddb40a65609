package io.marketbrain.pipeline.resilience;

import io.marketbrain.model.Answer;
import io.marketbrain.model.Call;
import io.marketbrain.model.Failure;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.Priority;
import io.marketbrain.pipeline.Layer;
import io.marketbrain.pipeline.MarketDataSource;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * The layer that keeps a slow provider from holding every request: so many calls at a time, a few more may wait for
 * their turn, background work only while nobody does. Thread-safe.
 */
public final class BulkheadLayer implements Layer {
    private final int calls;
    private final Semaphore places;
    private final Semaphore room;
    private final LongAdder refused = new LongAdder();

    /**
     * @param calls how many calls to the provider may be under way
     * @param waiting how many more may wait
     */
    public BulkheadLayer(int calls, int waiting) {
        Checks.range(calls, 1, 10_000, "connections of a provider");
        Checks.range(waiting, 0, 100_000, "resilience.bulkhead.waiting");
        this.calls = calls;
        this.places = new Semaphore(calls, true);
        this.room = new Semaphore(calls + waiting);
    }

    @Override
    public String name() {
        return "bulkhead";
    }

    @Override
    public MarketDataSource around(MarketDataSource next) {
        return (query, call) -> fetch(next, query, call);
    }

    private Outcome<Answer> fetch(MarketDataSource next, MarketQuery query, Call call) {
        boolean background = call.priority() == Priority.LOW;
        if ((background && places.hasQueuedThreads()) || !room.tryAcquire()) {
            return refuse(query);
        }
        try {
            if (!places.tryAcquire(call.deadline().remaining().toNanos(), TimeUnit.NANOSECONDS)) {
                return Outcome.failed(new Failure.DeadlinePassed("the time for this request was up before one of the "
                        + calls + " places at " + query.provider() + " was free"));
            }
            try {
                return next.fetch(query, call);
            } finally {
                places.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Outcome.failed(new Failure.DeadlinePassed("nobody waits for this answer any more"));
        } finally {
            room.release();
        }
    }

    private Outcome<Answer> refuse(MarketQuery query) {
        refused.increment();
        return Outcome.failed(new Failure.Shed(
                query.provider() + " answers so slowly that too many requests wait for it already",
                Duration.ofSeconds(2)));
    }

    @Override
    public String state() {
        return room.availablePermits() == 0 ? "full" : "ok";
    }

    @Override
    public Map<String, Long> counters() {
        return Map.of(
                "calls", (long) calls - places.availablePermits(), "places", (long) calls, "refused", refused.sum());
    }
}
