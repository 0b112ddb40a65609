package io.marketbrain.api;

/** One step that processes a response between its endpoint and the server. Thread-safe; does not block. */
@FunctionalInterface
interface ResponseFilter {
    /** Returns {@code response}, changed or not, or another response in its place. */
    Reply apply(Exchange exchange, Reply response);
}
