package io.marketbrain.telemetry;

import io.marketbrain.concurrent.BackgroundTask;
import io.marketbrain.concurrent.TaskResult;
import io.marketbrain.concurrent.TaskRunner;
import io.marketbrain.model.CallId;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/**
 * The call that the current thread works for, so that log lines can include its id without passing it as a parameter.
 * Bound once when a request arrives, and again in each thread that the call starts. Used for logging only: no decision
 * may depend on it.
 */
public final class CurrentCall {
    private static final ScopedValue<CallId> CALL = ScopedValue.newInstance();

    private CurrentCall() {}

    /** The result of the work, done with the call bound to this thread. */
    public static <T, X extends Throwable> T during(CallId call, ScopedValue.CallableOp<T, X> work) throws X {
        return ScopedValue.where(CALL, call).call(work);
    }

    /** Starts work for the call on a thread of its own, as {@link TaskRunner#start(Callable)} does. */
    public static <T> BackgroundTask<T> start(TaskRunner runner, CallId call, Callable<T> work) {
        return start(runner, call, work, _ -> {});
    }

    /**
     * Starts work for the call on a thread of its own.
     *
     * @param whenEnded receives the result exactly once; must not block
     */
    public static <T> BackgroundTask<T> start(
            TaskRunner runner, CallId call, Callable<T> work, Consumer<? super TaskResult<T>> whenEnded) {
        return runner.start(thread -> () -> ScopedValue.where(CALL, call).run(thread), work, whenEnded);
    }

    /** The id of the current call; empty outside a call. */
    public static Optional<CallId> find() {
        return CALL.isBound() ? Optional.of(CALL.get()) : Optional.empty();
    }
}
