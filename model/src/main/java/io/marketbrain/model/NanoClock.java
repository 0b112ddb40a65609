package io.marketbrain.model;

/**
 * A monotonic source of elapsed time in nanoseconds, with an arbitrary origin, like {@link System#nanoTime()}. Injected
 * wherever durations are measured, so that tests control time and adjustments of the wall clock have no effect.
 */
@FunctionalInterface
public interface NanoClock {
    /** Nanoseconds since an arbitrary, fixed origin. */
    long nanos();
}
