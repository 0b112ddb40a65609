package io.marketbrain.api;

/** Counts a request by path, status and time; a streamed one as it began. */
final class RequestMetrics implements ResponseFilter {
    @Override
    public Reply apply(Exchange exchange, Reply response) {
        exchange.meter().count(response.status(), exchange.tookNanos());
        return response;
    }
}
