package io.marketbrain.provider.descriptor;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;

/** The URI of a request under a provider's base URL, percent-encoded (RFC 3986). Pure. */
public final class RequestUri {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private RequestUri() {}

    /** The base URL, if it is one that requests can be made under. */
    public static URI checked(URI base) {
        boolean http = "http".equalsIgnoreCase(base.getScheme()) || "https".equalsIgnoreCase(base.getScheme());
        if (!http || base.getHost() == null || base.getRawQuery() != null || base.getRawFragment() != null) {
            throw new IllegalArgumentException("a base URL is http(s)://host[:port][/path]");
        }
        return base;
    }

    /** The path of a request under a base URL, encoded. */
    public static String path(URI base, String path) {
        var text = new StringBuilder(64).append(withoutSlash(base.getRawPath()));
        encode(text, path, "/:");
        return text.toString();
    }

    /** The address of an encoded path and query on the host of a base URL. */
    public static URI of(URI base, String path, String query) {
        return URI.create(base.getScheme() + "://" + hostAndPort(base) + path + (query.isEmpty() ? "" : "?" + query));
    }

    /** Parameters as a query string, without the question mark. */
    public static String encoded(Map<String, String> parameters) {
        var text = new StringBuilder(64);
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            if (!text.isEmpty()) {
                text.append('&');
            }
            encode(text, parameter.getKey(), "");
            encode(text.append('='), parameter.getValue(), "");
        }
        return text.toString();
    }

    /** One name or value of a parameter. */
    public static String encoded(String text) {
        var encoded = new StringBuilder(text.length() + 16);
        encode(encoded, text, "");
        return encoded.toString();
    }

    /** The address without anything that could be secret. */
    public static String shown(URI base) {
        return base.getScheme() + "://" + hostAndPort(base) + withoutSlash(base.getRawPath());
    }

    private static String hostAndPort(URI base) {
        return base.getPort() < 0 ? base.getHost() : base.getHost() + ":" + base.getPort();
    }

    private static String withoutSlash(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private static void encode(StringBuilder to, String text, String alsoAllowed) {
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            boolean unreserved = (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || "-._~".indexOf(c) >= 0
                    || alsoAllowed.indexOf(c) >= 0;
            if (unreserved) {
                to.append(c);
            } else {
                to.append('%').append(HEX.toHexDigits(b));
            }
        }
    }
}
