package io.marketbrain.api;

/** Counts a request by path, status and duration; a streamed response by its first byte. */
final class RequestMetrics implements ResponseFilter {
    @Override
    public Reply apply(Exchange exchange, Reply response) {
        exchange.meter().count(response.status(), exchange.tookNanos());
        return response;
    }
}
