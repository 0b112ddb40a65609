package io.marketbrain.http;

import io.marketbrain.http.message.ServerRequest;
import io.marketbrain.http.message.ServerResponse;

/** Handles requests. Runs on virtual threads and may block; thread-safe. */
public interface HttpHandler {
    ServerResponse answer(ServerRequest request);

    /** Returns the error response to input that is not a valid request, or to a request that exceeds a limit. */
    ServerResponse refuse(int status, String detail);
}
