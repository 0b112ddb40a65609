package io.marketbrain.api;

import io.marketbrain.api.http.Header;

/** Tells browsers and caches what they must not do with a response; an endpoint may say something else of its own. */
final class SafetyHeaders implements ResponseFilter {
    private static final Header NOT_KEPT = new Header("Cache-Control", "no-store");
    private static final Header NOTHING_ACTIVE =
            new Header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    private static final Header AS_DECLARED = new Header("X-Content-Type-Options", "nosniff");
    private static final Header UNFRAMED = new Header("X-Frame-Options", "DENY");
    private static final Header UNTRACKED = new Header("Referrer-Policy", "no-referrer");

    @Override
    public Reply apply(Exchange exchange, Reply response) {
        response.headers()
                .putIfAbsent(NOT_KEPT)
                .put(AS_DECLARED)
                .put(UNFRAMED)
                .put(UNTRACKED)
                .putIfAbsent(NOTHING_ACTIVE);
        return response;
    }
}
