package io.marketbrain.api.filters;

import io.marketbrain.api.access.Exchange;
import io.marketbrain.api.rendering.Response;

/** One step that processes a response between its endpoint and the server. Thread-safe; does not block. */
@FunctionalInterface
interface ResponseFilter {
    /** Returns {@code response}, changed or not, or another response in its place. */
    Response apply(Exchange exchange, Response response);
}
