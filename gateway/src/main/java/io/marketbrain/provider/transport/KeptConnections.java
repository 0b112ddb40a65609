package io.marketbrain.provider.transport;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts the connections to each host that may be kept open between requests. The HTTP client does not say whether it used
 * one; it does so whenever there is one. A connection that the client gave up unnoticed counts as kept until its next use.
 * Thread-safe.
 */
final class KeptConnections {
    private final Map<String, Integer> idle = new ConcurrentHashMap<>();

    /** Takes the connection that a request to {@code target} will use; false if it needs a new one. */
    boolean take(URI target) {
        String host = target.getRawAuthority();
        boolean[] taken = new boolean[1];
        idle.computeIfPresent(host, (_, count) -> {
            taken[0] = count > 0;
            return Math.max(0, count - 1);
        });
        return taken[0];
    }

    /** Takes back a connection on which a response came to its end, unless the provider closes it. */
    void keep(URI target, Optional<String> connectionHeader) {
        if (connectionHeader.filter("close"::equalsIgnoreCase).isEmpty()) {
            idle.merge(target.getRawAuthority(), 1, Integer::sum);
        }
    }
}
