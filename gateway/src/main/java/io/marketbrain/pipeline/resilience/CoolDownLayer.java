package io.marketbrain.pipeline.resilience;

import io.marketbrain.model.Answer;
import io.marketbrain.model.Call;
import io.marketbrain.model.Failure;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.Ticker;
import io.marketbrain.pipeline.Layer;
import io.marketbrain.pipeline.MarketDataSource;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * The layer that obeys a provider's {@code Retry-After}: while the wait lasts nobody calls, a restart included. Where
 * a provider asks for fewer calls without naming a wait, it gets the configured one, doubled each time until it answers
 * again. Waits are measured on the monotonic clock; only what is kept over a restart is an instant. Thread-safe.
 */
public final class CoolDownLayer implements Layer {
    private static final Duration LONGEST_UNNAMED = Duration.ofMinutes(5);
    /** A restart never waits longer than this for a file that says so, whatever the clocks did. */
    private static final Duration LONGEST_KEPT = Duration.ofDays(7);

    private static final long WORTH_KEEPING_NANOS = Duration.ofSeconds(1).toNanos();

    private final ProviderId provider;
    private final Duration unnamed;
    private final CoolDownStore store;
    private final Ticker ticker;
    private final InstantSource clock;
    private final LongAdder asked = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private boolean restored;
    private boolean waiting;
    private long untilNanos;
    private int inARow;

    /** {@code unnamed} is the wait for a provider that names none. */
    public CoolDownLayer(
            ProviderId provider, Duration unnamed, CoolDownStore store, Ticker ticker, InstantSource clock) {
        ResilienceConfig.DEFAULT_RETRY_AFTER.check(unnamed);
        this.provider = provider;
        this.unnamed = unnamed;
        this.store = store;
        this.ticker = ticker;
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

    private Outcome<Answer> fetch(MarketDataSource next, MarketQuery query, Call call) {
        Duration left = left();
        if (left.isPositive()) {
            refused.increment();
            call.trace().note("left", left);
            return Outcome.failed(new Failure.Throttled(
                    provider, provider + " asked not to be called for another " + (left.toSeconds() + 1) + " s", left));
        }
        Outcome<Answer> outcome = next.fetch(query, call);
        switch (outcome) {
            case Outcome.Failed<Answer>(Failure.Throttled throttled) -> {
                asked.increment();
                return Outcome.failed(
                        new Failure.Throttled(throttled.provider(), throttled.message(), coolDown(throttled)));
            }
            case Outcome.Success<Answer> _ -> answered();
            case Outcome.Failed<Answer> _ -> {}
        }
        return outcome;
    }

    private synchronized Duration left() {
        restore();
        if (!waiting) {
            return Duration.ZERO;
        }
        long left = untilNanos - ticker.nanos();
        waiting = left > 0;
        return Duration.ofNanos(Math.max(0, left));
    }

    private synchronized void answered() {
        inARow = 0;
    }

    /** Starts or lengthens the wait, keeps it, and returns how long it is. */
    private synchronized Duration coolDown(Failure.Throttled throttled) {
        Duration named = throttled.retryAfter();
        Duration wait = named != null ? named : unnamed.multipliedBy(1L << Math.min(inARow, 10));
        if (named == null && wait.compareTo(LONGEST_UNNAMED) > 0) {
            wait = LONGEST_UNNAMED;
        }
        inARow++;
        long now = ticker.nanos();
        long until = now + wait.toNanos();
        if (waiting && until - untilNanos <= 0) {
            return Duration.ofNanos(untilNanos - now);
        }
        boolean worthKeeping =
                wait.toNanos() >= WORTH_KEEPING_NANOS && (!waiting || until - untilNanos >= WORTH_KEEPING_NANOS);
        waiting = true;
        untilNanos = until;
        if (worthKeeping) {
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
            Duration bounded = left.compareTo(LONGEST_KEPT) > 0 ? LONGEST_KEPT : left;
            waiting = true;
            untilNanos = ticker.nanos() + bounded.toNanos();
        });
    }

    @Override
    public String state() {
        return left().isPositive() ? "waiting" : "ok";
    }

    @Override
    public Map<String, Long> counters() {
        return Map.of("asked", asked.sum(), "refused", refused.sum(), "left_seconds", left().toSeconds());
    }
}
