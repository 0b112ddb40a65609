package io.marketbrain.pipeline.resilience;

import io.marketbrain.model.Call;
import io.marketbrain.model.Failure;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.NanoClock;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.Priority;
import io.marketbrain.model.QueryResult;
import io.marketbrain.model.SettingRange;
import io.marketbrain.pipeline.Layer;
import io.marketbrain.pipeline.MarketDataSource;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * The bulkhead layer: limits the concurrent calls to one provider, so that a slow provider cannot block all requests
 * and background work cannot block the provider. A few more calls may wait, by the rules of {@link PrioritySemaphore}.
 * This is the only limit of the connections to a provider, so all of the provider's stacks must share one layer; its
 * state and counters cover them together. Thread-safe.
 */
public final class BulkheadLayer implements Layer {
    private static final SettingRange<Integer> CONNECTIONS = SettingRange.of("connections of a provider", 1, 10_000);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);
    private final BulkheadConfig config;
    private final int calls;
    private final PrioritySemaphore places;
    private final NanoClock nanoClock;
    private final LongAdder refused = new LongAdder();

    /** @param calls the maximum number of concurrent calls to the provider */
    public BulkheadLayer(int calls, BulkheadConfig config, NanoClock nanoClock) {
        CONNECTIONS.check(calls);
        this.config = config;
        this.calls = calls;
        this.nanoClock = nanoClock;
        int low = Math.max(1, calls * config.lowPercent() / 100);
        this.places = new PrioritySemaphore(calls, low, config.waiting(), config.lowStarvation(), nanoClock);
    }

    @Override
    public String name() {
        return "bulkhead";
    }

    @Override
    public MarketDataSource around(MarketDataSource next) {
        return (query, call) -> fetch(next, query, call);
    }

    private Outcome<QueryResult> fetch(MarketDataSource next, MarketQuery query, Call call) {
        long start = nanoClock.nanos();
        PrioritySemaphore.Result result;
        try {
            result = places.take(call.priority(), call.deadline().remaining());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Outcome.failed(new Failure.DeadlinePassed("request cancelled by the client"));
        }
        if (call.trace().on()) {
            call.trace().note("wait", Duration.ofNanos(nanoClock.nanos() - start));
        }
        return switch (result) {
            case TAKEN -> {
                try {
                    yield next.fetch(query, call);
                } finally {
                    places.giveBack(call.priority());
                }
            }
            case FULL -> refuse(query);
            case TIMED_OUT ->
                Outcome.failed(new Failure.DeadlinePassed("the deadline passed before one of the " + calls
                        + " concurrent calls to " + query.provider() + " had finished"));
        };
    }

    private Outcome<QueryResult> refuse(MarketQuery query) {
        refused.increment();
        return Outcome.failed(new Failure.Shed(
                "too many requests are already waiting for " + query.provider() + "; retry in "
                        + RETRY_AFTER.toSeconds() + " s",
                RETRY_AFTER));
    }

    @Override
    public String state() {
        return places.waiting(Priority.HIGH) >= config.waiting() && places.held() >= calls ? "full" : "ok";
    }

    @Override
    public Map<String, Long> counters() {
        return Map.of(
                "calls",
                (long) places.held(),
                "places",
                (long) calls,
                "waiting_high",
                (long) places.waiting(Priority.HIGH),
                "waiting_low",
                (long) places.waiting(Priority.LOW),
                "refused",
                refused.sum());
    }
}
