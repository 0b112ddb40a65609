package io.marketbrain.api.request;

import io.marketbrain.api.rendering.ProblemResponses;
import io.marketbrain.api.rendering.Response;
import io.marketbrain.model.CallId;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Outcome;
import java.util.function.Function;

/** Ends a request with a problem document. Never leaves this package. */
public final class RequestRejected extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Function<CallId, Response> reply;

    public RequestRejected(Failure failure) {
        this(failure.code(), callId -> ProblemResponses.reply(failure, callId));
    }

    private RequestRejected(String code, Function<CallId, Response> reply) {
        super(code, null, false, false);
        this.reply = reply;
    }

    /** The problem document. */
    public Response reply(CallId callId) {
        return reply.apply(callId);
    }

    /** A rejection with an HTTP status for which the model has no {@link Failure}. */
    static RequestRejected of(int status, String code, String title, String detail) {
        return new RequestRejected(code, callId -> ProblemResponses.reply(status, code, title, detail, callId));
    }

    /** A rejection with 400. */
    public static RequestRejected malformed(String detail) {
        return new RequestRejected("malformed-request", callId -> ProblemResponses.malformed(detail, callId));
    }

    public static RequestRejected invalid(String field, String value, String allowed) {
        return new RequestRejected(new Failure.InvalidQuery(field, value, allowed));
    }

    /** The value of an outcome; a failure ends the request. */
    public static <T> T orReject(Outcome<T> outcome) throws RequestRejected {
        return switch (outcome) {
            case Outcome.Success<T>(T value) -> value;
            case Outcome.Failed<T>(Failure failure) -> throw new RequestRejected(failure);
        };
    }
}
