package io.marketbrain.api.tls;

import io.marketbrain.model.SettingRange;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The settings of TLS.
 *
 * @param certificate the PEM file with the certificate, then those that vouch for it
 * @param key the PEM file with its private key, which may be the same file
 * @param handshakeTimeout how long a client may take to agree on keys (1 s–60 s)
 * @param handshakes how many clients may be doing so at a time; one more takes the place of the slowest (1–10,000)
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
