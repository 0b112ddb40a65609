package io.marketbrain.pipeline.resilience;

import io.marketbrain.model.Call;
import io.marketbrain.model.Failure;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.NanoClock;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.Priority;
import io.marketbrain.model.QueryResult;
import io.marketbrain.model.cost.RateLimit;
import io.marketbrain.pipeline.Layer;
import io.marketbrain.pipeline.MarketDataSource;
import io.marketbrain.pipeline.QuotaReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToIntFunction;

/**
 * The layer that keeps within a provider's rate limits: calls and weights per period, less a margin, and less again for
 * background work. A request that is heavier than that, but not than the limit, is made when nothing else was. An
 * interactive request waits briefly if a limit is used up and is then rejected, with the time until the limit has room.
 * Thread-safe.
 */
public final class QuotaLayer implements Layer {
    /** What is used up of a shorter limit is available again soon. */
    private static final Duration LONG_PERIOD = Duration.ofHours(1);

    private static final Duration SHORT_PERIOD = Duration.ofSeconds(1);

    /** As many periods of a short limit may pass. */
    private static final int SHORT_PERIODS = 3;

    private final QuotaConfig config;
    private final List<RateLimit> limits;
    private final QuotaCounts counts;
    private final ToIntFunction<MarketQuery> weight;
    private final NanoClock nanoClock;
    private final Sleeper sleeper;
    private final LongAdder refused = new LongAdder();
    private final LongAdder waited = new LongAdder();

    /** @param weight the weight of a query, in the provider's own units */
    public QuotaLayer(
            QuotaConfig config,
            List<RateLimit> limits,
            ToIntFunction<MarketQuery> weight,
            QuotaMemory memory,
            NanoClock nanoClock,
            Sleeper sleeper) {
        this.config = config;
        this.limits = List.copyOf(limits);
        this.counts = memory.counts(
                limits.stream()
                        .map(limit -> new RateLimit(allowed(limit), limit.per(), limit.counts()))
                        .toList(),
                nanoClock);
        this.weight = weight;
        this.nanoClock = nanoClock;
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

    private Outcome<QueryResult> fetch(MarketDataSource next, MarketQuery query, Call call) {
        long cost = weight.applyAsInt(query);
        long[] amounts = amounts(cost);
        for (int i = 0; i < amounts.length; i++) {
            if (amounts[i] > limits.get(i).amount()) {
                return Outcome.failed(new Failure.Unsupported(
                        query.provider(),
                        "a request for " + query.subject() + " weighs " + amounts[i] + ", more than the rate limit of "
                                + query.provider() + " (" + limits.get(i) + ") ever allows; if your plan has a higher"
                                + " one, set providers." + query.provider() + ".rates"));
            }
        }
        long first = nanoClock.nanos();
        while (true) {
            QuotaCounts.Wait wait = counts.take(amounts, percent(call.priority()));
            if (wait.nanos() == 0) {
                if (call.trace().on()) {
                    call.trace().note("weight", cost);
                }
                Outcome<QueryResult> outcome = next.fetch(query, call);
                if (outcome instanceof Outcome.Failed<QueryResult>(Failure failure)) {
                    handleFailure(failure, amounts, wait.at());
                }
                return outcome;
            }
            if (wait.limit() == QuotaCounts.PROVIDER_WAIT) {
                refused.increment();
                Duration left = Duration.ofNanos(wait.nanos());
                return Outcome.failed(new Failure.Throttled(
                        query.provider(),
                        query.provider()
                                + " asked for no calls (Retry-After, sent to another gateway); next attempt in "
                                + (left.toSeconds() + 1) + " s",
                        left));
            }
            long soFar = nanoClock.nanos() - first;
            boolean mayWait = call.priority() == Priority.HIGH
                    && soFar + wait.nanos()
                            <= longestWait(limits.get(wait.limit()), call).toNanos()
                    && wait.nanos() < call.deadline().remaining().toNanos();
            if (!mayWait) {
                refused.increment();
                return Outcome.failed(new Failure.RateLimited(
                        "quota:" + query.provider(),
                        "the rate limit of " + query.provider() + " (" + limits.get(wait.limit())
                                + ") is used up; retry in " + Math.ceilDiv(wait.nanos(), 1_000_000_000L) + " s",
                        Duration.ofNanos(wait.nanos())));
            }
            waited.increment();
            try {
                sleeper.sleep(Duration.ofNanos(wait.nanos()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Outcome.failed(new Failure.DeadlinePassed("request cancelled by the client"));
            }
        }
    }

    /**
     * How long a request waits for a limit. Where that is one of a second, the next page of a range comes too early for the
     * usual wait, and what was paid for the pages before would be lost.
     */
    private Duration longestWait(RateLimit limit, Call call) {
        Duration usual = config.longestWait();
        Duration periods = limit.per().multipliedBy(SHORT_PERIODS);
        boolean isShort = limit.per().compareTo(SHORT_PERIOD) <= 0;
        return call.nextPage() && isShort && usual.isPositive() && usual.compareTo(periods) < 0 ? periods : usual;
    }

    private void handleFailure(Failure failure, long[] amounts, long takenAt) {
        if (failure instanceof Failure.BudgetExhausted || failure instanceof Failure.Shed) {
            // An inner layer rejected the call before anything was sent.
            counts.giveBack(amounts, takenAt);
            return;
        }
        Duration named = failure instanceof Failure.Throttled throttled
                ? throttled.retryAfter()
                : failure instanceof Failure.Faulty faulty ? faulty.retryAfter() : null;
        if (named != null) {
            counts.onRetryAfter(named.toNanos());
        }
    }

    /** What may be used of a limit. */
    private long allowed(RateLimit limit) {
        return Math.max(1, limit.amount() * config.percent() / 100);
    }

    private int percent(Priority priority) {
        return priority == Priority.LOW ? config.lowPercent() : 100;
    }

    private long[] amounts(long cost) {
        return limits.stream()
                .mapToLong(limit -> limit.counts() == RateLimit.Counts.CALLS ? 1 : cost)
                .toArray();
    }

    /** Saves the counts for a restart. */
    public void close() {
        counts.close();
    }

    /** The state of each limit: what may be used of it, and what was used. */
    public List<QuotaReport> reports() {
        var reports = new ArrayList<QuotaReport>();
        for (int i = 0; i < limits.size(); i++) {
            long allowed = Math.max(1, limits.get(i).amount() * config.percent() / 100);
            reports.add(new QuotaReport(limits.get(i), allowed, counts.used(i)));
        }
        return reports;
    }

    /** What is left of the limits with a long period, in percent, of the scarcest one; 100 without one. */
    public int percentLeft() {
        int least = 100;
        for (int i = 0; i < limits.size(); i++) {
            if (limits.get(i).per().compareTo(LONG_PERIOD) >= 0) {
                long allowed = Math.max(1, limits.get(i).amount() * config.percent() / 100);
                least = Math.clamp(100 * (allowed - counts.used(i)) / allowed, 0, least);
            }
        }
        return least;
    }

    @Override
    public String state() {
        return reports().stream().anyMatch(report -> report.left() == 0) ? "used-up" : "ok";
    }

    @Override
    public Map<String, Long> counters() {
        var counters = new HashMap<String, Long>();
        counters.put("refused", refused.sum());
        counters.put("waited", waited.sum());
        for (QuotaReport report : reports()) {
            String name = report.limit().counts() == RateLimit.Counts.CALLS ? "calls" : "weight";
            String per = "_per_" + report.limit().per().toSeconds() + "s";
            counters.put(name + per + "_used", report.used());
            counters.put(name + per + "_limit", report.allowed());
        }
        return counters;
    }
}
