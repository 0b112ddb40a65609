package io.marketbrain.pipeline.resilience;

import io.marketbrain.model.Answer;
import io.marketbrain.model.Call;
import io.marketbrain.model.Failure;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.Priority;
import io.marketbrain.model.SettingRange;
import io.marketbrain.model.Ticker;
import io.marketbrain.pipeline.Layer;
import io.marketbrain.pipeline.MarketDataSource;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * The layer that keeps a slow provider from holding every request, and background work from holding the provider: so
 * many calls at a time, a few more may wait for their turn, by the rules of {@link Places}. Thread-safe.
 */
public final class BulkheadLayer implements Layer {
    private static final SettingRange<Integer> CONNECTIONS = SettingRange.of("connections of a provider", 1, 10_000);

    private final BulkheadConfig config;
    private final int calls;
    private final Places places;
    private final Ticker ticker;
    private final LongAdder refused = new LongAdder();

    /** @param calls how many calls to the provider may be under way */
    public BulkheadLayer(int calls, BulkheadConfig config, Ticker ticker) {
        CONNECTIONS.check(calls);
        this.config = config;
        this.calls = calls;
        this.ticker = ticker;
        int low = Math.max(1, calls * config.lowPercent() / 100);
        this.places = new Places(calls, low, config.waiting(), config.lowStarvation(), ticker);
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
        long start = ticker.nanos();
        Places.Reply reply;
        try {
            reply = places.take(call.priority(), call.deadline().remaining());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Outcome.failed(new Failure.DeadlinePassed("nobody waits for this answer any more"));
        }
        if (call.trace().on()) {
            call.trace().note("wait", Duration.ofNanos(ticker.nanos() - start));
        }
        return switch (reply) {
            case TAKEN -> {
                try {
                    yield next.fetch(query, call);
                } finally {
                    places.giveBack(call.priority());
                }
            }
            case FULL -> refuse(query);
            case LATE ->
                Outcome.failed(new Failure.DeadlinePassed("the time for this request was up before one of the " + calls
                        + " places at " + query.provider() + " was free"));
        };
    }

    private Outcome<Answer> refuse(MarketQuery query) {
        refused.increment();
        return Outcome.failed(new Failure.Shed(
                query.provider() + " answers so slowly that too many requests wait for it already",
                Duration.ofSeconds(2)));
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
