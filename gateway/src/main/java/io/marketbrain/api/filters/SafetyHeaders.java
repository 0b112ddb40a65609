package io.marketbrain.api.filters;

import io.marketbrain.api.access.Exchange;
import io.marketbrain.api.rendering.Response;
import io.marketbrain.http.message.Header;

/**
 * Adds security headers and {@code Cache-Control: no-store}; an endpoint may set its own cache and content security
 * policy.
 */
final class SafetyHeaders implements ResponseFilter {
    private static final Header NO_STORE = new Header("Cache-Control", "no-store");
    private static final Header DEFAULT_POLICY =
            new Header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    private static final Header NO_SNIFF = new Header("X-Content-Type-Options", "nosniff");
    private static final Header NO_FRAMES = new Header("X-Frame-Options", "DENY");
    private static final Header NO_REFERRER = new Header("Referrer-Policy", "no-referrer");

    @Override
    public Response apply(Exchange exchange, Response response) {
        response.headers()
                .putIfAbsent(NO_STORE)
                .put(NO_SNIFF)
                .put(NO_FRAMES)
                .put(NO_REFERRER)
                .putIfAbsent(DEFAULT_POLICY);
        return response;
    }
}
