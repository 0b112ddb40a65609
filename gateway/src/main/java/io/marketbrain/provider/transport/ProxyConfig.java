package io.marketbrain.provider.transport;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The proxies towards providers. Addresses of this machine are always reached directly.
 *
 * @param http the proxy for {@code http} addresses
 * @param https the proxy for {@code https} addresses, through a CONNECT tunnel
 * @param bypass hosts that are reached directly: {@code *} for all, {@code example.com} for that host and those below it,
 *     {@code host:port}, or an IP address
 */
public record ProxyConfig(Optional<ProxyAddress> http, Optional<ProxyAddress> https, List<String> bypass) {
    /** No proxy. */
    public static final ProxyConfig NONE = new ProxyConfig(Optional.empty(), Optional.empty(), List.of());

    public ProxyConfig {
        bypass = bypass.stream()
                .map(entry -> entry.strip().toLowerCase(Locale.ROOT))
                .filter(entry -> !entry.isEmpty())
                .toList();
    }

    /** Whether there is any proxy. */
    public boolean isEmpty() {
        return http.isEmpty() && https.isEmpty();
    }

    /** The proxy for an address; empty if it is reached directly. */
    public Optional<ProxyAddress> findProxy(URI target) {
        boolean secure = "https".equalsIgnoreCase(target.getScheme());
        Optional<ProxyAddress> proxy = secure ? https : http;
        String host = String.valueOf(target.getHost()).toLowerCase(Locale.ROOT);
        int port = target.getPort() >= 0 ? target.getPort() : secure ? 443 : 80;
        return proxy.filter(_ -> !isLoopback(host) && bypass.stream().noneMatch(entry -> covers(entry, host, port)));
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost")
                || host.endsWith(".localhost")
                || host.equals("[::1]")
                || host.matches("127\\.\\d+\\.\\d+\\.\\d+");
    }

    private static boolean covers(String entry, String host, int port) {
        if (entry.equals("*")) {
            return true;
        }
        String name = entry.startsWith("*.") ? entry.substring(1) : entry;
        int colon = name.lastIndexOf(':');
        if (colon > 0 && name.indexOf(':') == colon) {
            if (!name.substring(colon + 1).equals(Integer.toString(port))) {
                return false;
            }
            name = name.substring(0, colon);
        }
        String plain = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        String suffix = name.startsWith(".") ? name : "." + name;
        return plain.equals(name) || host.equals(name) || plain.equals(suffix.substring(1)) || plain.endsWith(suffix);
    }
}
