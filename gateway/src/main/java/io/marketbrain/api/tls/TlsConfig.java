package io.marketbrain.api.tls;

import java.nio.file.Path;
import java.time.Duration;

/**
 * TLS settings.
 *
 * @param certificate the PEM file with the certificate, followed by its chain
 * @param key the PEM file with its private key, which may be the same file
 * @param handshakeTimeout how long a handshake may take (1 s–60 s)
 * @param handshakes maximum number of concurrent handshakes; one more replaces the oldest (1–10,000)
 */
public record TlsConfig(Path certificate, Path key, Duration handshakeTimeout, int handshakes) {
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);
    public static final int DEFAULT_HANDSHAKES = 100;

    public TlsConfig {
        if (handshakeTimeout.compareTo(Duration.ofSeconds(1)) < 0
                || handshakeTimeout.compareTo(Duration.ofMinutes(1)) > 0) {
            throw new IllegalArgumentException("server.tls.handshake_timeout must be from 1 to 60 seconds");
        }
        if (handshakes < 1 || handshakes > 10_000) {
            throw new IllegalArgumentException("server.tls.handshakes must be from 1 to 10000");
        }
    }

    public TlsConfig(Path certificate, Path key) {
        this(certificate, key, DEFAULT_TIMEOUT, DEFAULT_HANDSHAKES);
    }
}
