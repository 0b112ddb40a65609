package io.marketbrain.pipeline.resilience;

import io.marketbrain.model.Answer;
import io.marketbrain.model.Call;
import io.marketbrain.model.Failure;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.Priority;
import io.marketbrain.model.RateLimit;
import io.marketbrain.model.Ticker;
import io.marketbrain.pipeline.Layer;
import io.marketbrain.pipeline.MarketDataSource;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToIntFunction;

/**
 * The layer that keeps what a provider allows: calls and weights per stretch of time, less a margin, and less for
 * background work. A request waits a little for room and is then refused with the time at which there will be some.
 * Thread-safe.
 */
public final class QuotaLayer implements Layer {
    private final QuotaConfig config;
    private final List<RateLimit> limits;
    private final List<QuotaWindow> windows;
    private final ToIntFunction<MarketQuery> weight;
    private final Ticker ticker;
    private final Sleeper sleeper;
    private final LongAdder refused = new LongAdder();
    private final LongAdder waited = new LongAdder();

    /** {@code weight} says what a query counts in the provider's own units. */
    public QuotaLayer(
            QuotaConfig config,
            List<RateLimit> limits,
            ToIntFunction<MarketQuery> weight,
            Ticker ticker,
            Sleeper sleeper) {
        this.config = config;
        this.limits = List.copyOf(limits);
        this.windows = limits.stream()
                .map(limit -> new QuotaWindow(
                        Math.max(1, limit.amount() * config.percent() / 100),
                        limit.per().toNanos(),
                        ticker.nanos()))
                .toList();
        this.weight = weight;
        this.ticker = ticker;
        this.sleeper = sleeper;
    }

    @Override
    public String name() {
        return "quota";
    }

    @Override
    public MarketDataSource around(MarketDataSource next) {
        return (query, call) -> fetch(next, query, call);
    }

    private Outcome<Answer> fetch(MarketDataSource next, MarketQuery query, Call call) {
        long cost = weight.applyAsInt(query);
        long first = ticker.nanos();
        while (true) {
            Wait wait = take(cost, call.priority());
            if (wait.nanos == 0) {
                call.trace().note("weight", cost);
                Outcome<Answer> outcome = next.fetch(query, call);
                if (outcome instanceof Outcome.Failed<Answer>(Failure failure) && wasNotMade(failure)) {
                    giveBack(cost, wait.at);
                }
                return outcome;
            }
            long soFar = ticker.nanos() - first;
            boolean mayWait = call.priority() == Priority.HIGH
                    && soFar + wait.nanos <= config.longestWait().toNanos()
                    && wait.nanos < call.deadline().remaining().toNanos();
            if (!mayWait) {
                refused.increment();
                return Outcome.failed(new Failure.RateLimited(
                        "quota:" + query.provider(),
                        query.provider() + " allows " + limits.get(wait.limit) + ", and that is used up",
                        Duration.ofNanos(wait.nanos)));
            }
            waited.increment();
            try {
                sleeper.sleep(Duration.ofNanos(wait.nanos));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Outcome.failed(new Failure.DeadlinePassed("nobody waits for this answer any more"));
            }
        }
    }

    /** Uses the quota for a call that goes around the stack, as background work; false where it may not be made now. */
    public boolean use(long weight) {
        return take(weight, Priority.LOW).nanos == 0;
    }

    /** Whether the call was refused further in, before anything was sent. */
    private static boolean wasNotMade(Failure failure) {
        return failure instanceof Failure.BudgetExhausted || failure instanceof Failure.Shed;
    }

    private synchronized void giveBack(long cost, long takenAt) {
        for (int i = 0; i < windows.size(); i++) {
            windows.get(i).giveBack(amount(i, cost), takenAt, ticker.nanos());
        }
    }

    /** How long until there is room, and at which limit; {@code at} is when that was asked. */
    private record Wait(long nanos, int limit, long at) {}

    /** Uses every limit, or none and says how long until all have room. */
    private synchronized Wait take(long cost, Priority priority) {
        long now = ticker.nanos();
        Wait longest = new Wait(0, 0, now);
        for (int i = 0; i < windows.size(); i++) {
            QuotaWindow window = windows.get(i);
            long share =
                    priority == Priority.LOW ? Math.max(1, window.limit() * config.lowPercent() / 100) : window.limit();
            long nanos = window.waitNanos(amount(i, cost), share, now);
            if (nanos > longest.nanos) {
                longest = new Wait(nanos, i, now);
            }
        }
        if (longest.nanos == 0) {
            for (int i = 0; i < windows.size(); i++) {
                windows.get(i).use(amount(i, cost), now);
            }
        }
        return longest;
    }

    private long amount(int limit, long cost) {
        return limits.get(limit).counts() == RateLimit.Counts.CALLS ? 1 : cost;
    }

    @Override
    public synchronized String state() {
        long now = ticker.nanos();
        return windows.stream().anyMatch(w -> w.used(now) >= w.limit()) ? "used-up" : "ok";
    }

    @Override
    public synchronized Map<String, Long> counters() {
        long now = ticker.nanos();
        var counters = new HashMap<String, Long>();
        counters.put("refused", refused.sum());
        counters.put("waited", waited.sum());
        for (int i = 0; i < windows.size(); i++) {
            String name = limits.get(i).counts() == RateLimit.Counts.CALLS ? "calls" : "weight";
            String per = "_per_" + limits.get(i).per().toSeconds() + "s";
            counters.put(name + per + "_used", windows.get(i).used(now));
            counters.put(name + per + "_limit", windows.get(i).limit());
        }
        return counters;
    }
}
