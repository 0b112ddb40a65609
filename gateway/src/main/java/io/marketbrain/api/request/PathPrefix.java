package io.marketbrain.api.request;

/**
 * The path below which a reverse proxy publishes the gateway, such as {@code /brain}; empty if there is none. It comes
 * from a setting and not from {@code X-Forwarded-Prefix}, because any client could send that header. Immutable.
 */
public record PathPrefix(String text) {
    public static final PathPrefix NONE = new PathPrefix("");

    private static final int MAX_LENGTH = 100;

    public PathPrefix {
        if (!text.isEmpty() && !isValid(text)) {
            throw new IllegalArgumentException("api.path_prefix must be a path such as /brain");
        }
    }

    /** Whether a text is a path without a slash at its end, whose segments need no percent-encoding and are not dots. */
    public static boolean isValid(String text) {
        return text.length() <= MAX_LENGTH && text.matches("(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+");
    }

    public boolean isEmpty() {
        return text.isEmpty();
    }

    /** A path of the gateway as clients of the proxy write it. */
    public String before(String path) {
        return text + path;
    }

    /** Whether a path is the prefix alone, without the slash that relative references in pages need. */
    public boolean is(String path) {
        return !text.isEmpty() && path.equals(text);
    }

    /** The path without the prefix, for proxies that pass it on; a path without it is returned unchanged. */
    public String strip(String path) {
        boolean prefixed = !text.isEmpty()
                && path.length() > text.length()
                && path.charAt(text.length()) == '/'
                && path.startsWith(text);
        return prefixed ? path.substring(text.length()) : path;
    }
}
