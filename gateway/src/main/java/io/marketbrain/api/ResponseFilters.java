package io.marketbrain.api;

import java.util.List;

/** Everything that happens to a response after its endpoint, in order. Thread-safe. */
final class ResponseFilters {
    private final ResponseFilter[] inOrder;

    /** @param gzipFrom the length in bytes from which a whole body is compressed */
    ResponseFilters(Gatekeeper gatekeeper, int gzipFrom) {
        this.inOrder = inOrder(gatekeeper, gzipFrom).toArray(ResponseFilter[]::new);
    }

    private static List<ResponseFilter> inOrder(Gatekeeper gatekeeper, int gzipFrom) {
        return List.of(
                new StreamLog(), // a stream runs under its call's id, and a failure of it is logged
                new RateLimitHeaders(), // what a caller with a key has left of its requests
                new PrivateCaching(), // what a caller with a key gets is kept by no shared cache
                new SecretRedaction(
                        gatekeeper.secrets()), // no secret that the request had in it, or that a failure quotes
                gatekeeper.crossOrigin()::open, // web pages that are listed may read it
                new ConditionalResponse(), // 304 where the caller has it already
                new Compression(gzipFrom), // gzip, of a stream as it is sent
                new CallHeaders(), // the call's id and the time it took
                new SafetyHeaders(), // what a browser must not do with it
                new RequestMetrics()); // counted by path, status and time
    }

    Reply apply(Exchange exchange, Reply response) {
        Reply filtered = response;
        for (ResponseFilter filter : inOrder) {
            filtered = filter.apply(exchange, filtered);
        }
        return filtered;
    }
}
