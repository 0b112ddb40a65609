package io.marketbrain.api;

import io.marketbrain.http.HttpLimits;
import io.marketbrain.http.tls.TlsConfig;
import io.marketbrain.model.SettingRange;
import java.util.Optional;

/**
 * Where the gateway listens, and its limits.
 *
 * @param port 0 selects a free port
 * @param limits the limits of the HTTP server
 * @param tls the TLS settings; empty for plain HTTP
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

    /** These settings with the number of concurrent streams limited to what a heap of {@code heapBytes} allows. */
    public ServerConfig within(long heapBytes) {
        return new ServerConfig(host, port, limits.within(heapBytes), tls);
    }

    public static ServerConfig defaults() {
        return new ServerConfig("127.0.0.1", 8000);
    }
}
