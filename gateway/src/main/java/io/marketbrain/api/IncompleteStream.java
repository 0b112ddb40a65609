package io.marketbrain.api;

import io.marketbrain.model.CallId;
import io.marketbrain.model.Failure;
import java.io.IOException;

/** Ends a streamed response early because the rest of its data cannot be fetched. */
final class IncompleteStream extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient CallId callId;
    private final transient Failure failure;

    IncompleteStream(CallId callId, Failure failure) {
        super(failure.code() + ": " + failure.message());
        this.callId = callId;
        this.failure = failure;
    }

    CallId callId() {
        return callId;
    }

    Failure failure() {
        return failure;
    }
}
