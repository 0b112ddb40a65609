package io.marketbrain.api.http;

/** Handles requests. Runs on virtual threads and may block; thread-safe. */
public interface HttpHandler {
    HttpAnswer answer(HttpRequest request);

    /** Returns the error response to input that is not a valid request, or to a request that exceeds a limit. */
    HttpAnswer refuse(int status, String detail);
}
