package io.marketbrain.provider.transport;

import java.net.URI;
import java.util.Optional;

/** The decision whether a redirect may be followed: only within the same scheme, host and port. Pure. */
final class RedirectPolicy {
    private RedirectPolicy() {}

    static boolean isRedirect(int status) {
        return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    }

    /** Where {@code location} leads, if it may be followed. */
    static Optional<URI> findTarget(URI from, String location) {
        URI target;
        try {
            target = from.resolve(location.strip());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        boolean same = from.getScheme().equalsIgnoreCase(target.getScheme())
                && from.getHost().equalsIgnoreCase(target.getHost())
                && port(from) == port(target)
                && target.getRawUserInfo() == null;
        return same ? Optional.of(target) : Optional.empty();
    }

    private static int port(URI uri) {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
    }
}
