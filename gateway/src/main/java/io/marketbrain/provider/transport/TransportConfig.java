package io.marketbrain.provider.transport;

import io.marketbrain.model.SettingRange;
import io.marketbrain.security.CustomCertificateAuthority;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The limits of calls to providers. The number of connections is in the provider's descriptor; how long a whole
 * call may take comes with the call.
 *
 * @param connectTimeout how long a connection may take to be accepted: 100 ms to 30 s
 * @param maxBodyBytes the largest body, counted as sent and again after decompression: 1 KiB to 64 MiB
 * @param maxRedirects how many redirects within one host are followed: 0 to 10
 * @param userAgent the User-Agent header: 1 to 200 printable ASCII characters
 * @param proxies the proxies towards providers
 * @param caFile a PEM file with certificate authorities that are trusted in addition to those of Java
 */
public record TransportConfig(
        Duration connectTimeout,
        int maxBodyBytes,
        int maxRedirects,
        String userAgent,
        ProxyConfig proxies,
        Optional<Path> caFile) {
    public static final SettingRange<Duration> CONNECT_TIMEOUT =
            SettingRange.of("transport.connect_timeout", Duration.ofMillis(100), Duration.ofSeconds(30));
    public static final SettingRange<Integer> MAX_BODY = SettingRange.of("transport.max_body", 1 << 10, 64 << 20);
    public static final SettingRange<Integer> MAX_REDIRECTS = SettingRange.of("transport.max_redirects", 0, 10);

    public TransportConfig {
        CONNECT_TIMEOUT.check(connectTimeout);
        MAX_BODY.check(maxBodyBytes);
        MAX_REDIRECTS.check(maxRedirects);
        if (userAgent.isBlank()
                || userAgent.length() > 200
                || !userAgent.chars().allMatch(c -> c >= ' ' && c < 127)) {
            throw new IllegalArgumentException("transport.user_agent must be 1 to 200 printable ASCII characters");
        }
        caFile.flatMap(CustomCertificateAuthority::findFault).ifPresent(why -> {
            throw new IllegalArgumentException("transport.ca_file cannot be used: " + why);
        });
    }

    /** A configuration without proxies and without further certificate authorities. */
    public TransportConfig(Duration connectTimeout, int maxBodyBytes, int maxRedirects, String userAgent) {
        this(connectTimeout, maxBodyBytes, maxRedirects, userAgent, ProxyConfig.NONE, Optional.empty());
    }

    public static TransportConfig defaults() {
        return new TransportConfig(Duration.ofSeconds(3), 8 << 20, 3, "MarketIntelBrain");
    }
}
