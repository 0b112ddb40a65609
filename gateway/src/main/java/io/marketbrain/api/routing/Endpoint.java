package io.marketbrain.api.routing;

import io.marketbrain.api.rendering.Response;
import io.marketbrain.api.request.Request;
import io.marketbrain.api.request.RequestRejected;

/** Handles the requests of one route. Runs on a virtual thread and may block. */
@FunctionalInterface
public interface Endpoint {
    /** Returns the response. A {@link RequestRejected} becomes a problem document, any other exception a 500. */
    Response answer(Request request) throws RequestRejected;
}
