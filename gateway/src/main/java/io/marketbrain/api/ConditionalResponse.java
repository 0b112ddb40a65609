package io.marketbrain.api;

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
    public Reply apply(Exchange exchange, Reply response) {
        return notModified(exchange.request(), response) ? unchanged(response) : response;
    }

    private static boolean notModified(Incoming request, Reply response) {
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

    private static Reply unchanged(Reply response) {
        Reply empty = Reply.empty(304);
        for (String name : KEPT_WHEN_UNCHANGED) {
            response.headers().get(name).ifPresent(empty::with);
        }
        return empty.adding("Vary", "Accept-Encoding");
    }
}
