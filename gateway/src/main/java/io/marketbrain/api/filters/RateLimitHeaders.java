package io.marketbrain.api.filters;

import io.marketbrain.api.access.Exchange;
import io.marketbrain.api.rendering.Response;

/** Adds the remaining requests of a caller with a key. */
final class RateLimitHeaders implements ResponseFilter {
    @Override
    public Response apply(Exchange exchange, Response response) {
        if (exchange.use().isPresent()) {
            exchange.use().get().addTo(response);
        }
        return response;
    }
}
