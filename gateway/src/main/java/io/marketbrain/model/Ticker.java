package io.marketbrain.model;

/**
 * A monotonic source of elapsed time in nanoseconds, with an arbitrary origin, like {@link System#nanoTime()}.
 * Injected wherever durations are measured, so that tests decide how time passes and a jump of the wall clock
 * changes nothing.
 */
@FunctionalInterface
public interface Ticker {
    /** Nanoseconds since an arbitrary, fixed origin. */
    long nanos();
}
