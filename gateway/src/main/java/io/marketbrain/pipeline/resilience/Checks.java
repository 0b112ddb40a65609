package io.marketbrain.pipeline.resilience;

import java.time.Duration;

/** The ranges of this room's settings. */
final class Checks {
    private Checks() {}

    static void range(long value, long min, long max, String name) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + " must be from " + min + " to " + max);
        }
    }

    static void positive(Duration value, String name) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(name + " must be longer than nothing");
        }
    }
}
