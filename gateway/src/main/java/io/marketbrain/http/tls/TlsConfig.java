package io.marketbrain.http.tls;

import io.marketbrain.model.SettingRange;
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
    public static final SettingRange<Duration> HANDSHAKE_TIMEOUT =
            SettingRange.of("server.tls.handshake_timeout", Duration.ofSeconds(1), Duration.ofMinutes(1));
    public static final SettingRange<Integer> HANDSHAKES = SettingRange.of("server.tls.handshakes", 1, 10_000);

    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);
    public static final int DEFAULT_HANDSHAKES = 100;

    public TlsConfig {
        HANDSHAKE_TIMEOUT.check(handshakeTimeout);
        HANDSHAKES.check(handshakes);
    }

    public TlsConfig(Path certificate, Path key) {
        this(certificate, key, DEFAULT_TIMEOUT, DEFAULT_HANDSHAKES);
    }
}
