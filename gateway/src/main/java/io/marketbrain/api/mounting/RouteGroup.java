package io.marketbrain.api.mounting;

import io.marketbrain.api.rendering.ProblemResponses;
import io.marketbrain.api.rendering.Response;
import io.marketbrain.api.request.RawRequest;
import io.marketbrain.api.routing.Router;
import io.marketbrain.model.CallId;
import io.marketbrain.model.Failure;

/** The paths of one API below a prefix, and how that API reports errors: as problem documents, if it has no form of its own. Thread-safe. */
public interface RouteGroup {
    /** The paths, without the prefix. The prefix itself is the path {@code /}. */
    Router router();

    /** The response to a request that failed. */
    default Response failed(Failure failure, CallId callId) {
        return ProblemResponses.reply(failure, callId);
    }

    /**
     * The response to a path that the API does not have.
     *
     * @param request for the path within this API
     * @param asked the path as the client sent it
     */
    default Response unknownPath(RawRequest request, String asked, CallId callId) {
        return ProblemResponses.noSuchPath(asked, callId);
    }

    /**
     * The response to a method that a path does not support.
     *
     * @param allow the supported methods, as in an {@code Allow} header
     */
    default Response wrongMethod(RawRequest request, String allow, CallId callId) {
        return ProblemResponses.wrongMethod(request.method(), allow, callId);
    }
}
