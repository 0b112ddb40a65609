package io.marketbrain.api;

import io.marketbrain.model.Failure;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What web pages from elsewhere may do (the Fetch standard's CORS protocol). Pages on the list may read answers; others
 * may neither read them nor change anything, nor have somebody's browser ask for data behind its back. Credentials are
 * never allowed: a page sends its key itself. Immutable.
 */
final class CrossOrigin {
    private static final String ASKED_HEADERS = "Authorization, Content-Type, X-API-Key, X-Request-Id, If-None-Match";
    private static final String SHOWN_HEADERS = "X-Request-Id, ETag, Link, Retry-After, RateLimit, RateLimit-Policy,"
            + " Cache-Status, Age, Server-Timing, X-Mock, X-Missing-Bars";

    private final List<String> origins;

    /** @param origins as browsers send them: scheme, host and port */
    CrossOrigin(List<String> origins) {
        this.origins = origins.stream()
                .map(origin -> origin.toLowerCase(Locale.ROOT))
                .map(origin -> origin.endsWith("/") ? origin.substring(0, origin.length() - 1) : origin)
                .toList();
    }

    /** The answer to a browser that asks for a page on the list what it may send; empty for any other request. */
    Optional<Reply> findPreflight(Incoming request, Route route) {
        if (origins.isEmpty()
                || !request.method().equals("OPTIONS")
                || request.findHeader("Access-Control-Request-Method").isEmpty()
                || allowed(request).isEmpty()) {
            return Optional.empty();
        }
        String methods = String.join(", ", route.methods());
        return Optional.of(Reply.empty(204)
                .with("Allow", methods)
                .with("Access-Control-Allow-Methods", methods)
                .with("Access-Control-Allow-Headers", ASKED_HEADERS)
                .with("Access-Control-Max-Age", "600"));
    }

    /** Lets a page on the list read the reply, and tells caches that it depends on the page. */
    Reply open(Exchange exchange, Reply reply) {
        if (origins.isEmpty()) {
            return reply;
        }
        reply.adding("Vary", "Origin");
        allowed(exchange.request())
                .ifPresent(origin -> reply.with("Access-Control-Allow-Origin", origin)
                        .with("Access-Control-Expose-Headers", SHOWN_HEADERS));
        return reply;
    }

    /** Why what a page that is not on the list has a browser do is refused; empty where it is not. */
    Optional<Failure> findRefusal(Incoming request, boolean changing) {
        Optional<String> origin = request.findHeader("Origin");
        if (origin.isPresent() && allowed(request).isPresent()) {
            return Optional.empty();
        }
        if (changing && origin.isPresent() && !isOwn(origin.get(), request)) {
            return Optional.of(new Failure.Forbidden("a web page from elsewhere may not change the gateway"));
        }
        boolean elsewhere = request.findHeader("Sec-Fetch-Site")
                .filter("cross-site"::equals)
                .isPresent();
        if (elsewhere && (changing || !isVisit(request))) {
            return Optional.of(new Failure.Forbidden(
                    "a web page from elsewhere may not ask this; access.origins lists the pages that may"));
        }
        return Optional.empty();
    }

    /** Whether a person follows a link, which shows the answer to nobody else. */
    private static boolean isVisit(Incoming request) {
        return request.findHeader("Sec-Fetch-Mode").filter("navigate"::equals).isPresent()
                && request.findHeader("Sec-Fetch-Dest")
                        .filter("document"::equals)
                        .isPresent();
    }

    private static boolean isOwn(String origin, Incoming request) {
        int authority = origin.indexOf("://");
        return authority >= 0
                && request.findHeader("Host")
                        .filter(origin.substring(authority + 3)::equalsIgnoreCase)
                        .isPresent();
    }

    private Optional<String> allowed(Incoming request) {
        return origins.isEmpty()
                ? Optional.empty()
                : request.findHeader("Origin").filter(origin -> origins.contains(origin.toLowerCase(Locale.ROOT)));
    }
}
