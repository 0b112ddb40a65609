package io.marketbrain.api.filters;

import io.marketbrain.api.access.Exchange;
import io.marketbrain.api.rendering.Response;

/** Counts a request by path, status and duration; a streamed response by its first byte. */
final class RequestMetrics implements ResponseFilter {
    @Override
    public Response apply(Exchange exchange, Response response) {
        exchange.meter().count(response.status(), exchange.tookNanos());
        return response;
    }
}
