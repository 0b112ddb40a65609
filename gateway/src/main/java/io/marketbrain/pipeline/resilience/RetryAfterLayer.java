package io.marketbrain.pipeline.resilience;

import io.marketbrain.model.Call;
import io.marketbrain.model.Failure;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.NanoClock;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.QueryResult;
import io.marketbrain.pipeline.Layer;
import io.marketbrain.pipeline.MarketDataSource;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The layer that obeys a provider's {@code Retry-After}, of a rate limit or a server error: no calls are made during the
 * wait, even after a restart. If a provider throttles without naming a wait, the configured one applies, doubled each time until a call succeeds. Waits
 * are measured on the monotonic clock; only the value saved for a restart is an instant. Thread-safe.
 */
public final class RetryAfterLayer implements Layer {
    private static final Duration LONGEST_DEFAULT_WAIT = Duration.ofMinutes(5);
    /** The longest saved wait that is honoured after a restart, in case the clock was changed. */
    private static final Duration LONGEST_RESTORED = Duration.ofDays(7);

    private static final long SHORTEST_SAVED_NANOS = Duration.ofSeconds(1).toNanos();

    private final ProviderId provider;
    private final Duration defaultWait;
    private final RetryAfterStore store;
    private final NanoClock nanoClock;
    private final InstantSource clock;
    private final LongAdder throttledResponses = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private boolean restored;
    private boolean waiting;
    private boolean unavailable;
    private long untilNanos;
    private int throttledInARow;

    /** @param defaultWait the wait for a provider that names none */
    public RetryAfterLayer(
            ProviderId provider,
            Duration defaultWait,
            RetryAfterStore store,
            NanoClock nanoClock,
            InstantSource clock) {
        ResilienceConfig.DEFAULT_RETRY_AFTER.check(defaultWait);
        this.provider = provider;
        this.defaultWait = defaultWait;
        this.store = store;
        this.nanoClock = nanoClock;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "retry-after";
    }

    @Override
    public MarketDataSource around(MarketDataSource next) {
        return (query, call) -> fetch(next, query, call);
    }

    private Outcome<QueryResult> fetch(MarketDataSource next, MarketQuery query, Call call) {
        Duration left = left();
        if (left.isPositive()) {
            refused.increment();
            call.trace().note("left", left);
            return Outcome.failed(refusal(left));
        }
        Outcome<QueryResult> outcome = next.fetch(query, call);
        switch (outcome) {
            case Outcome.Failed<QueryResult>(Failure.Throttled throttled) -> {
                throttledResponses.increment();
                return Outcome.failed(throttled.withRetryAfter(coolDown(throttled.retryAfter(), false)));
            }
            case Outcome.Failed<QueryResult>(Failure.Faulty faulty)
            when faulty.retryAfter() != null -> {
                throttledResponses.increment();
                return Outcome.failed(faulty.withRetryAfter(coolDown(faulty.retryAfter(), true)));
            }
            case Outcome.Success<QueryResult> _ -> onSuccess();
            case Outcome.Failed<QueryResult> _ -> {}
        }
        return outcome;
    }

    private synchronized Failure refusal(Duration left) {
        String next = "(Retry-After); next attempt in " + (left.toSeconds() + 1) + " s";
        return unavailable
                ? new Failure.Faulty(provider, provider + " said that it is unavailable " + next).withRetryAfter(left)
                : new Failure.Throttled(provider, provider + " asked for no calls " + next, left);
    }

    private synchronized Duration left() {
        restore();
        if (!waiting) {
            return Duration.ZERO;
        }
        long left = untilNanos - nanoClock.nanos();
        waiting = left > 0;
        return Duration.ofNanos(Math.max(0, left));
    }

    private synchronized void onSuccess() {
        throttledInARow = 0;
    }

    /**
     * Starts or extends the wait, saves it, and returns its length.
     *
     * @param named the wait that the provider named
     * @param faulty whether the provider is unavailable, rather than throttling
     */
    private synchronized Duration coolDown(@Nullable Duration named, boolean faulty) {
        Duration wait = named != null ? named : defaultWait.multipliedBy(1L << Math.min(throttledInARow, 10));
        if (named == null && wait.compareTo(LONGEST_DEFAULT_WAIT) > 0) {
            wait = LONGEST_DEFAULT_WAIT;
        }
        throttledInARow += faulty ? 0 : 1;
        long now = nanoClock.nanos();
        long until = now + wait.toNanos();
        if (waiting && until - untilNanos <= 0) {
            return Duration.ofNanos(untilNanos - now);
        }
        boolean save =
                wait.toNanos() >= SHORTEST_SAVED_NANOS && (!waiting || until - untilNanos >= SHORTEST_SAVED_NANOS);
        waiting = true;
        unavailable = faulty;
        untilNanos = until;
        if (save) {
            store.save(provider, clock.instant().plus(wait));
        }
        return wait;
    }

    private void restore() {
        if (restored) {
            return;
        }
        restored = true;
        Instant now = clock.instant();
        store.find(provider).filter(until -> until.isAfter(now)).ifPresent(until -> {
            Duration left = Duration.between(now, until);
            Duration bounded = left.compareTo(LONGEST_RESTORED) > 0 ? LONGEST_RESTORED : left;
            waiting = true;
            untilNanos = nanoClock.nanos() + bounded.toNanos();
        });
    }

    @Override
    public String state() {
        return left().isPositive() ? "waiting" : "ok";
    }

    @Override
    public Map<String, Long> counters() {
        return Map.of("asked", throttledResponses.sum(), "refused", refused.sum(), "left_seconds", left().toSeconds());
    }
}
