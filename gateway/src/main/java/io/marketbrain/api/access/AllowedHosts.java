package io.marketbrain.api.access;

import io.marketbrain.api.request.HostHeader;
import java.util.List;
import java.util.Locale;

/**
 * The host names under which this machine may be addressed without a key. A web page can make its own name resolve to
 * this machine (DNS rebinding), so that a browser treats the page and the gateway as one site; the {@code Host} header
 * reveals it. Immutable.
 */
final class AllowedHosts {
    private static final List<String> OWN = List.of("localhost", "127.0.0.1", "[::1]");

    private final List<String> others;

    /** @param others further names, without a port */
    AllowedHosts(List<String> others) {
        this.others = others.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    }

    /** Whether a {@code Host} header, with or without a port, is one of these names. */
    boolean contain(String host) {
        String name = HostHeader.name(host);
        return OWN.contains(name) || others.contains(name);
    }
}
