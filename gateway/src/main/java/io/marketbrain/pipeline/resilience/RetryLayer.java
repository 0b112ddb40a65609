package io.marketbrain.pipeline.resilience;

import io.marketbrain.model.Call;
import io.marketbrain.model.Failure;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.QueryResult;
import io.marketbrain.pipeline.Layer;
import io.marketbrain.pipeline.MarketDataSource;
import io.marketbrain.pipeline.RetryBudget;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The layer that retries failed calls where a retry can help, within the request's deadline and the provider's retry
 * budget. A query that must not be repeated is sent again only if the first request certainly never left. Thread-safe.
 */
public final class RetryLayer implements Layer {
    private final RetryConfig config;
    private final RetryBudget budget;
    private final RandomGenerator random;
    private final Sleeper sleeper;
    private final Predicate<MarketQuery> repeatable;
    private final LongAdder retries = new LongAdder();
    private final LongAdder succeededAfterRetry = new LongAdder();
    private final LongAdder overBudget = new LongAdder();

    /** For a provider whose queries may all be repeated. {@code random} must be safe for concurrent use. */
    public RetryLayer(RetryConfig config, RandomGenerator random, Sleeper sleeper) {
        this(config, random, sleeper, _ -> true);
    }

    /**
     * @param random must be safe for concurrent use
     * @param repeatable which queries may be asked again although the provider may have got them
     */
    public RetryLayer(RetryConfig config, RandomGenerator random, Sleeper sleeper, Predicate<MarketQuery> repeatable) {
        this.config = config;
        this.budget = new RetryBudget(config.budgetPercent());
        this.random = random;
        this.sleeper = sleeper;
        this.repeatable = repeatable;
    }

    @Override
    public String name() {
        return "retry";
    }

    @Override
    public MarketDataSource around(MarketDataSource next) {
        return (query, call) -> fetch(next, query, call);
    }

    private Outcome<QueryResult> fetch(MarketDataSource next, MarketQuery query, Call call) {
        budget.earn();
        for (int attempt = 1; ; attempt++) {
            Outcome<QueryResult> outcome = next.fetch(query, call);
            if (!(outcome instanceof Outcome.Failed<QueryResult>(Failure failure))) {
                if (attempt > 1) {
                    succeededAfterRetry.increment();
                }
                return outcome;
            }
            boolean repeat = RetryPolicy.isCertainlyUnsent(failure) || repeatable.test(query);
            Duration wait = repeat ? wait(failure, attempt) : null;
            if (wait == null || attempt >= config.attempts() || !isWorthWaiting(wait, call)) {
                return outcome;
            }
            if (!budget.spend()) {
                overBudget.increment();
                call.trace().note("retry_budget", "spent");
                return outcome;
            }
            if (call.trace().on()) {
                call.trace().note("attempt_" + attempt, failure.code());
                call.trace().note("wait_" + attempt, wait);
            }
            try {
                sleeper.sleep(wait);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return outcome;
            }
            retries.increment();
        }
    }

    private @Nullable Duration wait(Failure failure, int attempt) {
        return switch (RetryPolicy.verdict(failure)) {
            case RetryPolicy.Never _ -> null;
            case RetryPolicy.WithBackoff _ -> jittered(attempt);
            case RetryPolicy.OnceMore _ -> attempt == 1 ? jittered(attempt) : null;
            // A little later than requested, and not all gateways at the same moment.
            case RetryPolicy.NotBefore(Duration named) -> named.plus(jittered(1));
        };
    }

    /** Uniform between zero and twice the mean ("full jitter"; M. Brooker, AWS Architecture Blog, 2015). */
    private Duration jittered(int attempt) {
        long mean = config.firstDelay().toNanos() << (attempt - 1);
        long most = Math.min(2 * mean, config.longestDelay().toNanos());
        return Duration.ofNanos(random.nextLong(most + 1));
    }

    private boolean isWorthWaiting(Duration wait, Call call) {
        return wait.compareTo(config.longestDelay()) <= 0
                && wait.compareTo(call.deadline().remaining()) < 0;
    }

    @Override
    public Map<String, Long> counters() {
        return Map.of("retries", retries.sum(), "rescued", succeededAfterRetry.sum(), "unaffordable", overBudget.sum());
    }
}
