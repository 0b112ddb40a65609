package io.marketbrain.api.mounting;

import java.util.Optional;
import java.util.function.Function;

/**
 * Where an API is served beside our own.
 *
 * @param prefix the path that its paths begin with, such as {@code /compat/binance}; without a slash at its end
 * @param port a port on which its paths stand at the root as well; 0 picks a free one, empty for none
 * @param host a host name on which they do so, on the gateway's own port; empty for none
 * @param rootOnly whether only its root stands at its port and host name, and our own paths beside it, to which its responses lead
 * @param maker makes the API when it is first requested, so that an unused one costs nothing
 */
public record MountPoint(
        String prefix,
        Optional<Integer> port,
        Optional<String> host,
        boolean rootOnly,
        Function<ApiServices, RouteGroup> maker) {
    public MountPoint {
        if (!prefix.startsWith("/") || prefix.endsWith("/")) {
            throw new IllegalArgumentException("not a prefix of paths: " + prefix);
        }
    }

    /** An API that is served below its prefix only. */
    public MountPoint(String prefix, Function<ApiServices, RouteGroup> maker) {
        this(prefix, Optional.empty(), Optional.empty(), false, maker);
    }

    /** Whether a path is the prefix or below it. */
    public boolean contains(String path) {
        return path.startsWith(prefix) && (path.length() == prefix.length() || path.charAt(prefix.length()) == '/');
    }

    /**
     * The path at the gateway's own port and host name for one at the API's.
     *
     * @param path empty for the root as well
     */
    public String withPrefix(String path) {
        return rootOnly && !path.isEmpty() && !path.equals("/") ? path : prefix + path;
    }

    /** A path that this contains, without the prefix. */
    public String strip(String path) {
        return path.length() == prefix.length() ? "/" : path.substring(prefix.length());
    }
}
