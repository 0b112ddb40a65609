package io.marketbrain.api;

/** Tells the call's id and the time it took; of a stream, the time until it began. */
final class CallHeaders implements ResponseFilter {
    @Override
    public Reply apply(Exchange exchange, Reply response) {
        response.headers()
                .put("X-Request-Id", exchange.callId().value())
                .put("Server-Timing", "total;dur=" + Fixed.of(exchange.tookNanos() / 1000, 3));
        return response;
    }
}
