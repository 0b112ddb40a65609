package io.marketbrain.api.http;

/** What answers requests. Runs on virtual threads and may block; thread-safe. */
public interface HttpHandler {
    HttpAnswer answer(HttpRequest request);

    /** The answer to what cannot become a request, or is not let in. */
    HttpAnswer refuse(int status, String detail);
}
