package io.marketbrain.pipeline.resilience;

import io.marketbrain.model.Answer;
import io.marketbrain.model.Call;
import io.marketbrain.model.Failure;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.Ticker;
import io.marketbrain.pipeline.Layer;
import io.marketbrain.pipeline.MarketDataSource;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;

/**
 * The layer that leaves a provider alone which fails most of the time, and lets a few calls try now and then whether
 * it has recovered, by {@link BreakerPolicy}. Thread-safe.
 */
public final class BreakerLayer implements Layer {
    private final Ticker ticker;
    private final BreakerPolicy policy;
    private final LongAdder refused = new LongAdder();

    public BreakerLayer(BreakerConfig config, Ticker ticker, RandomGenerator random) {
        this.ticker = ticker;
        this.policy = new BreakerPolicy(config, random);
    }

    @Override
    public String name() {
        return "circuit-breaker";
    }

    @Override
    public MarketDataSource around(MarketDataSource next) {
        return (query, call) -> fetch(next, query, call);
    }

    private Outcome<Answer> fetch(MarketDataSource next, MarketQuery query, Call call) {
        long pass;
        Duration wait;
        synchronized (policy) {
            long now = ticker.nanos();
            pass = policy.pass(now);
            wait = policy.advice(now);
            if (call.trace().on()) {
                call.trace().note("state", word());
            }
        }
        if (pass == BreakerPolicy.REFUSED) {
            refused.increment();
            return Outcome.failed(new Failure.CircuitOpen(
                    query.provider(), query.provider() + " failed so often that it is left alone for a while", wait));
        }
        BreakerPolicy.Verdict verdict = BreakerPolicy.Verdict.NEITHER;
        try {
            Outcome<Answer> outcome = next.fetch(query, call);
            verdict = outcome instanceof Outcome.Failed<Answer>(Failure failure)
                    ? BreakerPolicy.verdict(failure)
                    : BreakerPolicy.Verdict.GOOD;
            return outcome;
        } finally {
            synchronized (policy) {
                policy.ended(pass, verdict, ticker.nanos());
            }
        }
    }

    private String word() {
        return policy.state().name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String state() {
        synchronized (policy) {
            return word();
        }
    }

    @Override
    public Map<String, Long> counters() {
        synchronized (policy) {
            return Map.of("refused", refused.sum(), "opened", policy.opened());
        }
    }
}
