package io.marketbrain.pipeline.cache.redis;

import io.marketbrain.model.Ticker;
import io.marketbrain.pipeline.cache.SharedTier.State;
import io.marketbrain.pipeline.cache.redis.StatePolicy.Event;
import io.marketbrain.pipeline.cache.redis.StatePolicy.Standing;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/**
 * The port's state. Every change is made once, told once to its {@link Watcher} by the thread that made it, and logged
 * once, or, while the state flaps, once in a while with the number of those left out. Thread-safe; never blocks.
 */
final class StateHolder {
    private static final System.Logger LOG = System.getLogger(StateHolder.class.getName());
    private static final long LOG_EVERY_NANOS = 10_000_000_000L;
    private static final int LOG_BURST = 5;

    /** Who is told of changes. Must not block. */
    interface Watcher {
        void changed(State from, State to);
    }

    private final AtomicReference<Standing> standing;
    private final Watcher watcher;
    private final Ticker ticker;
    private final LongAdder transitions = new LongAdder();
    private final RateOfTalk talk;

    StateHolder(State first, Watcher watcher, Ticker ticker) {
        this.standing = new AtomicReference<>(Standing.in(first));
        this.watcher = watcher;
        this.ticker = ticker;
        this.talk = new RateOfTalk(LOG_BURST, LOG_EVERY_NANOS);
    }

    State state() {
        return current().state();
    }

    Standing current() {
        Standing now = standing.get();
        if (now == null) {
            throw new IllegalStateException("there is always a state");
        }
        return now;
    }

    /** Something happened; {@code why} is for the log. */
    void on(Event event, String why) {
        while (true) {
            Standing before = current();
            Standing after = StatePolicy.after(before, event);
            if (after.equals(before)) {
                return;
            }
            if (standing.compareAndSet(before, after)) {
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
        long skipped = talk.mayTalk(ticker.nanos());
        if (skipped < 0) {
            return;
        }
        String more = skipped == 0 ? "" : " (" + skipped + " changes before this one were not logged)";
        LOG.log(
                to == State.REFUSED ? System.Logger.Level.ERROR : System.Logger.Level.INFO,
                () -> "redis is " + to.wire() + ", was " + from.wire() + ": " + why + more);
    }
}
