package io.marketbrain.telemetry;

import io.marketbrain.model.CallId;
import java.util.Optional;

/**
 * The call that the current thread works for, so that its id stands in every log line without being passed along. Bound
 * once, at the edge; a thread that a call starts on the side is bound anew. Decisions never depend on it.
 */
public final class CurrentCall {
    private static final ScopedValue<CallId> CALL = ScopedValue.newInstance();

    private CurrentCall() {}

    /** Does the work with the call bound to this thread. */
    public static void during(CallId call, Runnable work) {
        ScopedValue.where(CALL, call).run(work);
    }

    /** The id of the call; empty outside any. */
    public static Optional<CallId> find() {
        return CALL.isBound() ? Optional.of(CALL.get()) : Optional.empty();
    }
}
