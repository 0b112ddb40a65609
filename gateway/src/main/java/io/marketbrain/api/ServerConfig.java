package io.marketbrain.api;

import io.marketbrain.api.http.HttpLimits;
import io.marketbrain.api.tls.TlsConfig;
import io.marketbrain.model.SettingRange;
import java.util.Optional;

/**
 * Where the gateway listens, and what it bears.
 *
 * @param port 0 picks a free one
 * @param limits what a client may ask of it
 * @param tls how it speaks TLS; empty for HTTP in the clear
 */
public record ServerConfig(String host, int port, HttpLimits limits, Optional<TlsConfig> tls) {
    public static final SettingRange<Integer> PORT = SettingRange.of("server.port", 0, 65_535);

    public ServerConfig {
        PORT.check(port);
    }

    public ServerConfig(String host, int port) {
        this(host, port, HttpLimits.defaults());
    }

    public ServerConfig(String host, int port, HttpLimits limits) {
        this(host, port, limits, Optional.empty());
    }

    /** The same settings with no more streams at a time than a heap of so many bytes bears. */
    public ServerConfig within(long heapBytes) {
        return new ServerConfig(host, port, limits.within(heapBytes), tls);
    }

    public static ServerConfig defaults() {
        return new ServerConfig("127.0.0.1", 8000);
    }
}
