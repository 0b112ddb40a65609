package io.marketbrain.pipeline.resilience;

import java.time.Duration;

/** Range checks for the settings of this package. */
final class Checks {
    private Checks() {}

    static void range(long value, long min, long max, String name) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + " must be from " + min + " to " + max);
        }
    }

    static void positive(Duration value, String name) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(name + " must be greater than zero");
        }
    }
}
