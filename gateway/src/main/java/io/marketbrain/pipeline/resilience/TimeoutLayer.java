package io.marketbrain.pipeline.resilience;

import io.marketbrain.model.Call;
import io.marketbrain.model.Deadline;
import io.marketbrain.model.Failure;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.NanoClock;
import io.marketbrain.model.Operation;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.QueryResult;
import io.marketbrain.pipeline.Layer;
import io.marketbrain.pipeline.MarketDataSource;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * The layer that sets a time limit for each attempt, with one {@link TimeoutPolicy} per operation, and never more than
 * the request has left. Thread-safe.
 */
public final class TimeoutLayer implements Layer {
    private static final Duration MAX_MARGIN = Duration.ofMillis(50);

    private final TimeoutConfig config;
    private final NanoClock nanoClock;
    private final Map<Operation, TimeoutPolicy> policies = new EnumMap<>(Operation.class);
    private final LongAdder timedOut = new LongAdder();

    public TimeoutLayer(TimeoutConfig config, NanoClock nanoClock) {
        this.config = config;
        this.nanoClock = nanoClock;
        for (Operation operation : Operation.values()) {
            policies.put(operation, new TimeoutPolicy(config));
        }
    }

    @Override
    public String name() {
        return "timeout";
    }

    @Override
    public MarketDataSource around(MarketDataSource next) {
        return (query, call) -> fetch(next, query, call);
    }

    private Outcome<QueryResult> fetch(MarketDataSource next, MarketQuery query, Call call) {
        TimeoutPolicy policy = policy(query.operation());
        Duration limit = policy.limit();
        Duration left = call.deadline().remaining();
        Duration usable = left.minus(margin(left));
        Deadline deadline = call.deadline().within(usable.compareTo(limit) < 0 ? usable : limit);
        if (call.trace().on()) {
            call.trace().note("given", deadline.remaining());
        }
        long start = nanoClock.nanos();
        Outcome<QueryResult> outcome = next.fetch(query, call.until(deadline));
        Duration took = Duration.ofNanos(nanoClock.nanos() - start);
        if (!(outcome instanceof Outcome.Failed<QueryResult>(Failure failure))) {
            policy.onSuccess(took);
            return outcome;
        }
        boolean ended =
                deadline.passed() && (failure instanceof Failure.TimedOut || failure instanceof Failure.DeadlinePassed);
        if (!ended) {
            return outcome;
        }
        boolean longEnough = took.compareTo(config.shortest()) >= 0;
        if (!longEnough) {
            // The caller's own deadline was too short for any provider, so this does not count against the provider.
            return Outcome.failed(
                    new Failure.DeadlinePassed("the deadline passed before " + query.provider() + " responded"));
        }
        timedOut.increment();
        policy.onTimeout();
        return Outcome.failed(new Failure.TimedOut(
                query.provider(), query.provider() + " did not respond within " + took.toMillis() + " ms"));
    }

    /** The time reserved for sending the error before the caller's deadline: a tenth of what is left, at most 50 ms. */
    private static Duration margin(Duration left) {
        Duration tenth = left.dividedBy(10);
        return tenth.compareTo(MAX_MARGIN) < 0 ? tenth : MAX_MARGIN;
    }

    private TimeoutPolicy policy(Operation operation) {
        TimeoutPolicy policy = policies.get(operation);
        if (policy == null) {
            throw new IllegalStateException("no timeout policy for operation " + operation);
        }
        return policy;
    }

    @Override
    public Map<String, Long> counters() {
        var counters = new HashMap<String, Long>();
        counters.put("ran_out", timedOut.sum());
        policies.forEach((operation, policy) ->
                counters.put(operation.wire() + "_limit_ms", policy.limit().toMillis()));
        return counters;
    }
}
