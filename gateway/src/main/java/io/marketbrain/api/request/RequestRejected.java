package io.marketbrain.api.request;

import io.marketbrain.api.rendering.ProblemResponses;
import io.marketbrain.api.rendering.Response;
import io.marketbrain.model.CallId;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Outcome;
import java.util.function.Function;

/** Ends a request. Our own API answers with a problem document, a mounted one in its own shape. */
public final class RequestRejected extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;
    private final transient Function<CallId, Response> reply;

    public RequestRejected(Failure failure) {
        this(failure, callId -> ProblemResponses.reply(failure, callId));
    }

    private RequestRejected(Failure failure, Function<CallId, Response> reply) {
        super(failure.code(), null, false, false);
        this.failure = failure;
        this.reply = reply;
    }

    /** Why the request was rejected. */
    public Failure failure() {
        return failure;
    }

    /** The problem document. */
    public Response reply(CallId callId) {
        return reply.apply(callId);
    }

    /** A rejection with an HTTP status for which the model has no {@link Failure}. */
    static RequestRejected of(int status, String code, String title, String detail) {
        return new RequestRejected(
                unreadable(detail), callId -> ProblemResponses.reply(status, code, title, detail, callId));
    }

    /** A rejection with 400. */
    public static RequestRejected malformed(String detail) {
        return new RequestRejected(unreadable(detail), callId -> ProblemResponses.malformed(detail, callId));
    }

    /** A fault of the request as a whole. */
    private static Failure unreadable(String detail) {
        return new Failure.InvalidQuery("request", "", "", detail);
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
