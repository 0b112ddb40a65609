package io.marketbrain.api;

/**
 * Where the gateway listens.
 *
 * @param port 0 picks a free one
 */
public record ServerConfig(String host, int port) {
    public ServerConfig {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("server.port must be from 0 to 65535");
        }
    }

    public static ServerConfig defaults() {
        return new ServerConfig("127.0.0.1", 8000);
    }
}
