package io.marketbrain.provider.feed;

import java.net.URI;
import java.util.Optional;

/**
 * Where a provider's feed is. With another address for its REST API it is expected on the same host, so that a test network is never
 * mixed with the market; a configured address of the feed itself takes precedence.
 *
 * @param documented the address in the provider's documentation
 * @param api the configured address of the REST API
 * @param own the configured address of the feed; with a path, this path is used instead of the documented one
 */
public record FeedLocation(String documented, Optional<URI> api, Optional<URI> own) {
    /** The documented address. */
    public static FeedLocation of(String documented) {
        return new FeedLocation(documented, Optional.empty(), Optional.empty());
    }

    /** The address of a provider that is not asked for one. */
    String url() {
        return own.map(uri -> hasPath(uri) ? host(uri) + uri.getRawPath() : host(uri) + path(documented))
                .or(() -> api.map(uri -> host(uri) + path(documented)))
                .orElse(documented);
    }

    /** The address that a provider has named, on the configured host if the address of the feed is configured. */
    String named(String address) {
        return own.map(uri -> host(uri) + (hasPath(uri) ? uri.getRawPath() : path(address)) + query(address))
                .orElse(address);
    }

    private static String host(URI uri) {
        boolean plain = "http".equalsIgnoreCase(uri.getScheme()) || "ws".equalsIgnoreCase(uri.getScheme());
        return (plain ? "ws://" : "wss://") + uri.getRawAuthority();
    }

    private static boolean hasPath(URI uri) {
        return uri.getRawPath() != null && uri.getRawPath().length() > 1;
    }

    private static String path(String address) {
        return URI.create(address).getRawPath();
    }

    private static String query(String address) {
        String query = URI.create(address).getRawQuery();
        return query == null ? "" : "?" + query;
    }
}
