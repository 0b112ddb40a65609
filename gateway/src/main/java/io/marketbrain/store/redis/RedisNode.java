package io.marketbrain.store.redis;

import io.marketbrain.model.text.NumberText;

/** A Redis server's address. */
public record RedisNode(String host, int port) {
    static final int DEFAULT_PORT = 6379;

    /** An address as Redis writes it, {@code host:port}; IPv6 addresses with or without brackets. */
    static RedisNode parse(String text, int defaultPort) {
        int colon = text.lastIndexOf(':');
        boolean bare = colon < 0 || text.endsWith("]");
        String host = bare ? text : text.substring(0, colon);
        int port;
        try {
            port = bare ? defaultPort : NumberText.parseInt(text.substring(colon + 1));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("REDIS_URL has a port that is not a number; use host:port", e);
        }
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        if (host.isEmpty() || port < 1 || port > 65_535) {
            throw new IllegalArgumentException("REDIS_URL must name hosts as host:port, with a port from 1 to 65535");
        }
        return new RedisNode(host, port);
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
