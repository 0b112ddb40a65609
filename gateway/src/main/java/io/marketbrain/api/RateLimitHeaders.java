package io.marketbrain.api;

/** Adds the remaining requests of a caller with a key. */
final class RateLimitHeaders implements ResponseFilter {
    @Override
    public Reply apply(Exchange exchange, Reply response) {
        if (exchange.use().isPresent()) {
            exchange.use().get().addTo(response);
        }
        return response;
    }
}
