package io.marketbrain.api;

import java.util.List;

/** The filters that every response passes after its endpoint, in order. Thread-safe. */
final class ResponseFilters {
    private final ResponseFilter[] inOrder;

    /** @param gzipFrom the length in bytes from which a whole body is compressed */
    ResponseFilters(Gatekeeper gatekeeper, int gzipFrom) {
        this.inOrder = inOrder(gatekeeper, gzipFrom).toArray(ResponseFilter[]::new);
    }

    private static List<ResponseFilter> inOrder(Gatekeeper gatekeeper, int gzipFrom) {
        return List.of(
                new StreamLog(), // runs a stream under its call's id and logs its failure
                new RateLimitHeaders(), // remaining requests of a caller with a key
                new PrivateCaching(), // keeps responses to callers with a key out of shared caches
                new SecretRedaction(gatekeeper.secrets()), // secrets that the request contained or a failure quotes
                gatekeeper.crossOrigin()::addHeaders, // CORS headers for listed origins
                new ConditionalResponse(), // 304 if the caller already has the payload
                new Compression(gzipFrom), // gzip; a stream is compressed as it is sent
                new CallHeaders(), // the call's id and duration
                new SafetyHeaders(), // security headers for browsers
                new RequestMetrics()); // counts by path, status and duration
    }

    Reply apply(Exchange exchange, Reply response) {
        Reply filtered = response;
        for (ResponseFilter filter : inOrder) {
            filtered = filter.apply(exchange, filtered);
        }
        return filtered;
    }
}
