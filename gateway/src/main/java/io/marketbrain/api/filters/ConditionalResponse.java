package io.marketbrain.api.filters;

import io.marketbrain.api.access.Exchange;
import io.marketbrain.api.rendering.Etag;
import io.marketbrain.api.rendering.Response;
import io.marketbrain.api.request.RawRequest;
import java.util.List;
import java.util.Optional;

/** Responds 304 if the caller already has the same payload (RFC 9110, 13.1.2). */
final class ConditionalResponse implements ResponseFilter {
    /** Caches update their stored headers from a 304, including the content security policy of a page. */
    private static final List<String> KEPT_WHEN_UNCHANGED = List.of(
            "ETag",
            "Cache-Control",
            "Cache-Status",
            "Age",
            "Vary",
            "Link",
            "Content-Security-Policy",
            "Access-Control-Allow-Origin",
            "Access-Control-Expose-Headers",
            "RateLimit-Policy",
            "RateLimit");

    @Override
    public Response apply(Exchange exchange, Response response) {
        return notModified(exchange.request(), response) ? unchanged(response) : response;
    }

    private static boolean notModified(RawRequest request, Response response) {
        boolean safe = request.method().equals("GET") || request.isHead();
        if (!safe || response.status() != 200) {
            return false;
        }
        Optional<String> known = request.findHeader("If-None-Match");
        return known.isPresent()
                && response.headers()
                        .get("ETag")
                        .filter(etag -> Etag.matches(known.get(), etag.value()))
                        .isPresent();
    }

    private static Response unchanged(Response response) {
        Response empty = Response.empty(304);
        for (String name : KEPT_WHEN_UNCHANGED) {
            response.headers().get(name).ifPresent(empty::with);
        }
        return empty.adding("Vary", "Accept-Encoding");
    }
}
