package io.marketbrain.pipeline.resilience;

import io.marketbrain.model.Call;
import io.marketbrain.model.Failure;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.NanoClock;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.QueryResult;
import io.marketbrain.pipeline.Layer;
import io.marketbrain.pipeline.MarketDataSource;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;

/**
 * The circuit breaker layer: blocks calls to a provider that fails most of the time, and lets a few calls through now
 * and then to test whether it has recovered, by {@link BreakerPolicy}. Thread-safe.
 */
public final class BreakerLayer implements Layer {
    private final NanoClock nanoClock;
    private final BreakerPolicy policy;
    private final LongAdder refused = new LongAdder();

    public BreakerLayer(BreakerConfig config, NanoClock nanoClock, RandomGenerator random) {
        this.nanoClock = nanoClock;
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

    private Outcome<QueryResult> fetch(MarketDataSource next, MarketQuery query, Call call) {
        var subject = SubjectHistory.SubjectKey.of(query);
        long pass;
        Duration wait;
        synchronized (policy) {
            long now = nanoClock.nanos();
            pass = policy.pass(subject, now);
            wait = policy.retryAfter(now);
            if (call.trace().on()) {
                call.trace().note("state", stateName());
            }
        }
        if (pass == BreakerPolicy.REFUSED) {
            refused.increment();
            return Outcome.failed(new Failure.CircuitOpen(
                    query.provider(),
                    "circuit open after repeated failures of " + query.provider() + "; next attempt in "
                            + Math.ceilDiv(wait.toMillis(), 1000) + " s",
                    wait));
        }
        BreakerPolicy.Verdict verdict = BreakerPolicy.Verdict.NEUTRAL;
        try {
            Outcome<QueryResult> outcome = next.fetch(query, call);
            verdict = outcome instanceof Outcome.Failed<QueryResult>(Failure failure)
                    ? BreakerPolicy.verdict(failure)
                    : BreakerPolicy.Verdict.GOOD;
            return outcome;
        } finally {
            synchronized (policy) {
                policy.onEnd(pass, subject, verdict, nanoClock.nanos());
            }
        }
    }

    private String stateName() {
        return policy.state().name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String state() {
        synchronized (policy) {
            return stateName();
        }
    }

    @Override
    public Map<String, Long> counters() {
        synchronized (policy) {
            return Map.of("refused", refused.sum(), "opened", policy.opened());
        }
    }
}
