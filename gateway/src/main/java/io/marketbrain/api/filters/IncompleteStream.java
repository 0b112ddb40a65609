package io.marketbrain.api.filters;

import io.marketbrain.model.CallId;
import io.marketbrain.model.Failure;
import java.io.IOException;

/** Ends a streamed response early because the rest of its data cannot be fetched. */
public final class IncompleteStream extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient CallId callId;
    private final transient Failure failure;

    public IncompleteStream(CallId callId, Failure failure) {
        super(failure.code() + ": " + failure.message());
        this.callId = callId;
        this.failure = failure;
    }

    public CallId callId() {
        return callId;
    }

    public Failure failure() {
        return failure;
    }
}
