package io.marketbrain.pipeline.cache.redis;

import io.marketbrain.model.NanoClock;
import io.marketbrain.pipeline.cache.redis.RedisStatePolicy.Event;
import io.marketbrain.pipeline.cache.redis.RedisStatePolicy.TrackedState;
import io.marketbrain.pipeline.cache.tier.SharedTier.State;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/**
 * Holds the state of the connection to Redis. Each change is reported once to the {@link Watcher}, by the thread that caused it, and logged once; while the state flaps, log messages are rate-limited and count those suppressed. Thread-safe; never blocks.
 */
final class RedisStateMachine {
    private static final System.Logger LOG = System.getLogger(RedisStateMachine.class.getName());
    private static final long LOG_EVERY_NANOS = 10_000_000_000L;
    private static final int LOG_BURST = 5;

    /** Receives state changes. Must not block. */
    interface Watcher {
        void changed(State from, State to);
    }

    private final AtomicReference<TrackedState> tracked;
    private final Watcher watcher;
    private final NanoClock nanoClock;
    private final LongAdder transitions = new LongAdder();
    private final LogThrottle logThrottle;

    RedisStateMachine(State first, Watcher watcher, NanoClock nanoClock) {
        this.tracked = new AtomicReference<>(TrackedState.in(first));
        this.watcher = watcher;
        this.nanoClock = nanoClock;
        this.logThrottle = new LogThrottle(LOG_BURST, LOG_EVERY_NANOS);
    }

    State state() {
        return current().state();
    }

    TrackedState current() {
        TrackedState now = tracked.get();
        if (now == null) {
            throw new IllegalStateException("the state is missing");
        }
        return now;
    }

    /** Applies an event; {@code why} is for the log. */
    void on(Event event, String why) {
        while (true) {
            TrackedState before = current();
            TrackedState after = RedisStatePolicy.after(before, event);
            if (after.equals(before)) {
                return;
            }
            if (tracked.compareAndSet(before, after)) {
                if (before.state() != after.state()) {
                    transitions.increment();
                    log(before.state(), after.state(), why);
                    watcher.changed(before.state(), after.state());
                }
                return;
            }
        }
    }

    long transitions() {
        return transitions.sum();
    }

    private void log(State from, State to, String why) {
        long skipped = logThrottle.tryLog(nanoClock.nanos());
        if (skipped < 0) {
            return;
        }
        String more = skipped == 0 ? "" : " (" + skipped + " changes before this one were not logged)";
        LOG.log(
                to == State.REFUSED ? System.Logger.Level.ERROR : System.Logger.Level.INFO,
                () -> "redis is " + to.wire() + ", was " + from.wire() + ": " + why + more);
    }
}
