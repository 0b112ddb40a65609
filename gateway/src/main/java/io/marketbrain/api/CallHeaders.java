package io.marketbrain.api;

/** Adds the call's id and duration; for a stream, the time until its first byte. */
final class CallHeaders implements ResponseFilter {
    @Override
    public Reply apply(Exchange exchange, Reply response) {
        response.headers()
                .put("X-Request-Id", exchange.callId().value())
                .put("Server-Timing", "total;dur=" + Fixed.of(exchange.tookNanos() / 1000, 3));
        return response;
    }
}
