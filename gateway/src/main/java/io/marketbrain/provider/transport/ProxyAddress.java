package io.marketbrain.provider.transport;

import io.marketbrain.security.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/**
 * The address of an HTTP proxy. Never shows its credentials.
 *
 * @param login {@code user:password}, if the proxy requires it
 */
public record ProxyAddress(String host, int port, Optional<Secret> login) {
    private static final int DEFAULT_PORT = 80;

    /**
     * Parses {@code [http://][user:password@]host[:port]}.
     *
     * @throws IllegalArgumentException if the address is not one of an HTTP proxy; the message names {@code setting} and
     *     does not contain the address, which may hold a password
     */
    public static ProxyAddress parse(String setting, Secret url) {
        String text = url.reveal();
        String full = text.contains("://") ? text : "http://" + text;
        if (!full.toLowerCase(Locale.ROOT).startsWith("http://")) {
            throw new IllegalArgumentException(setting + " must be an address of an HTTP proxy, http://host:port;"
                    + " proxies that are reached by HTTPS or SOCKS are not supported");
        }
        int at = full.lastIndexOf('@');
        String login = at < 0 ? "" : full.substring("http://".length(), at);
        String place = at < 0 ? full.substring("http://".length()) : full.substring(at + 1);
        try {
            URI uri = new URI("http://" + place);
            boolean bare = uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && (uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"));
            if (uri.getHost() == null || !bare || uri.getPort() == 0 || uri.getPort() > 65_535) {
                throw wrong(setting);
            }
            return new ProxyAddress(
                    uri.getHost(), uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort(), Secret.of(decoded(login)));
        } catch (URISyntaxException e) {
            throw wrong(setting);
        }
    }

    private static IllegalArgumentException wrong(String setting) {
        return new IllegalArgumentException(setting + " must be like http://user:password@host:port, user optional");
    }

    /** The text with its percent-encoded characters decoded; as it is where the encoding is wrong. */
    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    /** The value of the {@code Proxy-Authorization} header, if the proxy requires it. */
    public Optional<String> authorization() {
        return login.map(secret ->
                "Basic " + Base64.getEncoder().encodeToString(secret.reveal().getBytes(StandardCharsets.UTF_8)));
    }

    /** {@code host:port}. */
    public String place() {
        return host + ":" + port;
    }
}
