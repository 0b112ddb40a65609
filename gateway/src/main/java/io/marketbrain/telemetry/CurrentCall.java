package io.marketbrain.telemetry;

import io.marketbrain.model.CallId;
import java.util.Optional;

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

    /** Starts a virtual thread that works for the call. */
    public static void startThread(String name, CallId call, Runnable work) {
        Thread.ofVirtual().name(name).start(() -> ScopedValue.where(CALL, call).run(work));
    }

    /** The id of the current call; empty outside a call. */
    public static Optional<CallId> find() {
        return CALL.isBound() ? Optional.of(CALL.get()) : Optional.empty();
    }
}
