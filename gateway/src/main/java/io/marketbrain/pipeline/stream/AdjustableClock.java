package io.marketbrain.pipeline.stream;

import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until it is set. Thread-safe. */
public final class AdjustableClock implements InstantSource {
    private volatile Instant now;

    public AdjustableClock(Instant now) {
        this.now = now;
    }

    @Override
    public Instant instant() {
        return now;
    }

    public void set(Instant to) {
        now = to;
    }
}
