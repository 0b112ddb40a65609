package io.marketbrain.concurrent;

/** How a {@link BackgroundTask} ended. Immutable. */
public sealed interface TaskResult<T> {

    /** The work returned a value. */
    record Completed<T>(T value) implements TaskResult<T> {}

    /** The work, or the start of its thread, threw something, which has been counted and logged. */
    record Crashed<T>(Throwable cause) implements TaskResult<T> {}

    /** The task was cancelled before it ended. Its thread was interrupted and may still be running. */
    record Cancelled<T>() implements TaskResult<T> {}
}
