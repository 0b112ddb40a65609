package io.marketbrain.api;

/** One thing that happens to a response between its endpoint and the server. Thread-safe; does not block. */
@FunctionalInterface
interface ResponseFilter {
    /** The response to go on with: {@code response} itself, changed or not, or another in its place. */
    Reply apply(Exchange exchange, Reply response);
}
