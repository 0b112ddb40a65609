package io.marketbrain.provider;

import java.time.Duration;

/**
 * The limits of the way to a provider. How many connections a provider gets stands in its descriptor; how long a whole
 * call may take comes with the call.
 *
 * @param connectTimeout how long a connection may take to be accepted: 100 ms to 30 s
 * @param maxBodyBytes the largest body, counted as sent and again after decompression: 1 KiB to 64 MiB
 * @param maxRedirects how many redirects within one host are followed: 0 to 10
 * @param userAgent what the gateway calls itself: 1 to 200 printable ASCII characters
 */
public record TransportConfig(Duration connectTimeout, int maxBodyBytes, int maxRedirects, String userAgent) {
    public static final Duration MIN_CONNECT_TIMEOUT = Duration.ofMillis(100);
    public static final Duration MAX_CONNECT_TIMEOUT = Duration.ofSeconds(30);
    public static final int MIN_BODY_BYTES = 1 << 10;
    public static final int MAX_BODY_BYTES = 64 << 20;
    public static final int MAX_REDIRECTS = 10;

    public TransportConfig {
        if (connectTimeout.compareTo(MIN_CONNECT_TIMEOUT) < 0 || connectTimeout.compareTo(MAX_CONNECT_TIMEOUT) > 0) {
            throw new IllegalArgumentException("connect_timeout must be from 0.1 to 30 seconds");
        }
        if (maxBodyBytes < MIN_BODY_BYTES || maxBodyBytes > MAX_BODY_BYTES) {
            throw new IllegalArgumentException("max_body_bytes must be from 1024 to 67108864");
        }
        if (maxRedirects < 0 || maxRedirects > MAX_REDIRECTS) {
            throw new IllegalArgumentException("max_redirects must be from 0 to 10");
        }
        if (userAgent.isBlank()
                || userAgent.length() > 200
                || !userAgent.chars().allMatch(c -> c >= ' ' && c < 127)) {
            throw new IllegalArgumentException("user_agent must be 1 to 200 printable ASCII characters");
        }
    }

    public static TransportConfig defaults() {
        return new TransportConfig(Duration.ofSeconds(3), 8 << 20, 3, "MarketIntelBrain");
    }
}
