package io.marketbrain.api;

/** Handles the requests of one route. Runs on a virtual thread and may block. */
@FunctionalInterface
interface Endpoint {
    /** Returns the response. A {@link Rejected} becomes a problem document, any other exception a 500. */
    Reply answer(Request request) throws Rejected;
}
