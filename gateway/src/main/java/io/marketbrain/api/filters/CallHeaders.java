package io.marketbrain.api.filters;

import io.marketbrain.api.access.Exchange;
import io.marketbrain.api.rendering.DecimalText;
import io.marketbrain.api.rendering.Response;

/** Adds the call's id and duration; for a stream, the time until its first byte. */
final class CallHeaders implements ResponseFilter {
    @Override
    public Response apply(Exchange exchange, Response response) {
        response.headers()
                .put("X-Request-Id", exchange.callId().value())
                .put("Server-Timing", "total;dur=" + DecimalText.of(exchange.tookNanos() / 1000, 3));
        return response;
    }
}
