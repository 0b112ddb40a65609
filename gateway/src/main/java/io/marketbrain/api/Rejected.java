package io.marketbrain.api;

import io.marketbrain.model.CallId;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Outcome;
import java.util.function.Function;

/** Ends a request with a problem document. Never leaves this package. */
final class Rejected extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Function<CallId, Reply> reply;

    Rejected(Failure failure) {
        this(failure.code(), callId -> Problems.reply(failure, callId));
    }

    private Rejected(String code, Function<CallId, Reply> reply) {
        super(code, null, false, false);
        this.reply = reply;
    }

    /** The problem document. */
    Reply reply(CallId callId) {
        return reply.apply(callId);
    }

    /** A rejection with an HTTP status for which the model has no {@link Failure}. */
    static Rejected of(int status, String code, String title, String detail) {
        return new Rejected(code, callId -> Problems.reply(status, code, title, detail, callId));
    }

    static Rejected invalid(String field, String value, String allowed) {
        return new Rejected(new Failure.InvalidQuery(field, value, allowed));
    }

    /** The value of an outcome; a failure ends the request. */
    static <T> T orReject(Outcome<T> outcome) throws Rejected {
        return switch (outcome) {
            case Outcome.Success<T>(T value) -> value;
            case Outcome.Failed<T>(Failure failure) -> throw new Rejected(failure);
        };
    }
}
