package io.marketbrain.provider.feed;

import io.marketbrain.model.NanoClock;
import java.time.Duration;

/** Lets one connection of a provider be opened at a time, at a bounded pace. Thread-safe. */
final class FeedGate {
    /** The least time between two connections to one provider. */
    static final Duration APART = Duration.ofSeconds(1);

    private final NanoClock nanoClock;
    private boolean entered;
    private long lastNanos;

    FeedGate(NanoClock nanoClock) {
        this.nanoClock = nanoClock;
    }

    /** Zero if a connection may be opened now, else how long to wait. */
    synchronized Duration tryEnter() {
        long now = nanoClock.nanos();
        if (entered && now - lastNanos < APART.toNanos()) {
            return Duration.ofNanos(APART.toNanos() - (now - lastNanos));
        }
        entered = true;
        lastNanos = now;
        return Duration.ZERO;
    }
}
