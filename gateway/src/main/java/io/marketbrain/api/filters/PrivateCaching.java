package io.marketbrain.api.filters;

import io.marketbrain.api.access.Exchange;
import io.marketbrain.api.rendering.Response;

/** Marks the response to a caller with a key as private, so that shared caches do not store it. */
final class PrivateCaching implements ResponseFilter {
    @Override
    public Response apply(Exchange exchange, Response response) {
        if (exchange.keyed()) {
            response.headers()
                    .change("Cache-Control", value -> value.contains("no-store") ? value : "private, " + value)
                    .add("Vary", "Authorization")
                    .add("Vary", "X-API-Key");
        }
        return response;
    }
}
