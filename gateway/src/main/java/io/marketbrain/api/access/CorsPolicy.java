package io.marketbrain.api.access;

import io.marketbrain.api.rendering.Response;
import io.marketbrain.api.request.RawRequest;
import io.marketbrain.api.routing.ApiRoute;
import io.marketbrain.model.Failure;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What web pages from other origins may do (the Fetch standard's CORS protocol). Pages from listed origins may read
 * responses. Other pages may not read responses, change anything, or make a visitor's browser request data in the
 * background. Credentials are never allowed: a page sends its key itself. Immutable.
 */
public final class CorsPolicy {
    private static final String ALLOWED_HEADERS = "Authorization, Content-Type, X-API-Key, X-Request-Id, If-None-Match";
    private static final String EXPOSED_HEADERS = "X-Request-Id, ETag, Link, Retry-After, RateLimit, RateLimit-Policy,"
            + " Cache-Status, Age, Server-Timing, X-Mock, X-Missing-Bars";

    private final List<String> origins;

    /** @param origins as browsers send them: scheme, host and port */
    CorsPolicy(List<String> origins) {
        this.origins = origins.stream()
                .map(origin -> origin.toLowerCase(Locale.ROOT))
                .map(origin -> origin.endsWith("/") ? origin.substring(0, origin.length() - 1) : origin)
                .toList();
    }

    /** The response to a preflight request from a listed origin; empty for any other request. */
    public Optional<Response> findPreflight(RawRequest request, ApiRoute route) {
        if (origins.isEmpty()
                || !request.method().equals("OPTIONS")
                || request.findHeader("Access-Control-Request-Method").isEmpty()
                || allowed(request).isEmpty()) {
            return Optional.empty();
        }
        String methods = String.join(", ", route.methods());
        return Optional.of(Response.empty(204)
                .with("Allow", methods)
                .with("Access-Control-Allow-Methods", methods)
                .with("Access-Control-Allow-Headers", ALLOWED_HEADERS)
                .with("Access-Control-Max-Age", "600"));
    }

    /** Adds the headers that let a page from a listed origin read the response, and {@code Vary: Origin} for caches. */
    public Response addHeaders(Exchange exchange, Response reply) {
        if (origins.isEmpty()) {
            return reply;
        }
        reply.adding("Vary", "Origin");
        allowed(exchange.request())
                .ifPresent(origin -> reply.with("Access-Control-Allow-Origin", origin)
                        .with("Access-Control-Expose-Headers", EXPOSED_HEADERS));
        return reply;
    }

    /** Why a request from a page whose origin is not listed is rejected; empty if it is allowed. */
    Optional<Failure> findRefusal(RawRequest request, boolean changing) {
        Optional<String> origin = request.findHeader("Origin");
        if (origin.isPresent() && allowed(request).isPresent()) {
            return Optional.empty();
        }
        if (changing && origin.isPresent() && !isOwn(origin.get(), request)) {
            return Optional.of(new Failure.Forbidden("a web page from another origin may not change the gateway;"
                    + " access.origins lists the origins that may"));
        }
        boolean crossSite = request.findHeader("Sec-Fetch-Site")
                .filter("cross-site"::equals)
                .isPresent();
        if (crossSite && (changing || !isNavigation(request))) {
            return Optional.of(new Failure.Forbidden(
                    "a web page from another site may not request this; access.origins lists the origins that may"));
        }
        return Optional.empty();
    }

    /**
     * Whether the browser navigates to a document, as when a user follows a link: the linking page cannot read the
     * response.
     */
    private static boolean isNavigation(RawRequest request) {
        return request.findHeader("Sec-Fetch-Mode").filter("navigate"::equals).isPresent()
                && request.findHeader("Sec-Fetch-Dest")
                        .filter("document"::equals)
                        .isPresent();
    }

    private static boolean isOwn(String origin, RawRequest request) {
        int authority = origin.indexOf("://");
        return authority >= 0
                && request.findHeader("Host")
                        .filter(origin.substring(authority + 3)::equalsIgnoreCase)
                        .isPresent();
    }

    private Optional<String> allowed(RawRequest request) {
        return origins.isEmpty()
                ? Optional.empty()
                : request.findHeader("Origin").filter(origin -> origins.contains(origin.toLowerCase(Locale.ROOT)));
    }
}
