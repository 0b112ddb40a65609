package io.marketbrain.api.filters;

import io.marketbrain.api.access.AccessControl;
import io.marketbrain.api.access.Exchange;
import io.marketbrain.api.rendering.Response;
import io.marketbrain.api.request.ApiConfig;
import java.util.List;

/** The filters that every response passes after its endpoint, in order. Thread-safe. */
public final class ResponseFilters {
    private final ResponseFilter[] inOrder;

    public ResponseFilters(AccessControl access, ApiConfig config) {
        this.inOrder = inOrder(access, config).toArray(ResponseFilter[]::new);
    }

    private static List<ResponseFilter> inOrder(AccessControl access, ApiConfig config) {
        return List.of(
                new StreamLog(), // runs a stream under its call's id and logs its failure
                new RateLimitHeaders(), // remaining requests of a caller with a key
                new PrivateCaching(), // keeps responses to callers with a key out of shared caches
                new SecretRedaction(access.secrets()), // secrets that the request contained or a failure quotes
                new PrefixedReferences(config.pathPrefix()), // paths as clients of a reverse proxy write them
                access.crossOrigin()::addHeaders, // CORS headers for listed origins
                new ConditionalResponse(), // 304 if the caller already has the payload
                new Compression(config.gzipFrom()), // gzip; a stream is compressed as it is sent
                new CallHeaders(), // the call's id and duration
                new SafetyHeaders(), // security headers for browsers
                new RequestMetrics()); // counts by path, status and duration
    }

    public Response apply(Exchange exchange, Response response) {
        Response filtered = response;
        for (ResponseFilter filter : inOrder) {
            filtered = filter.apply(exchange, filtered);
        }
        return filtered;
    }
}
