package io.marketbrain.api;

/** Tells a caller with a key what it has left of its requests in this minute. */
final class RateLimitHeaders implements ResponseFilter {
    @Override
    public Reply apply(Exchange exchange, Reply response) {
        if (exchange.use().isPresent()) {
            exchange.use().get().tell(response);
        }
        return response;
    }
}
