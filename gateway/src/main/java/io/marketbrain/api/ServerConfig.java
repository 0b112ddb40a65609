package io.marketbrain.api;

import io.marketbrain.api.http.HttpLimits;

/**
 * Where the gateway listens, and what it bears.
 *
 * @param port 0 picks a free one
 * @param limits what a client may ask of it
 */
public record ServerConfig(String host, int port, HttpLimits limits) {
    public ServerConfig {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("server.port must be from 0 to 65535");
        }
    }

    public ServerConfig(String host, int port) {
        this(host, port, HttpLimits.defaults());
    }

    public static ServerConfig defaults() {
        return new ServerConfig("127.0.0.1", 8000);
    }
}
