package io.marketbrain.security;

import java.util.List;

/**
 * Settings of access control.
 *
 * @param plainHttp whether remote clients may be served without TLS, because a proxy in front provides it or the
 *     network is trusted
 * @param hosts host names besides {@code localhost} that callers without a key may use in {@code Host}
 * @param origins origins of other web pages that may use the API, such as {@code https://app.example.com}
 * @param requestsPerMinute how many requests a caller with a key may make per minute; 0 for no limit
 * @param secrets where encrypted credentials are stored
 */
public record AccessConfig(
        boolean plainHttp, List<String> hosts, List<String> origins, int requestsPerMinute, SecretsConfig secrets) {
    public static final int MOST_PER_MINUTE = 1_000_000;

    public AccessConfig {
        hosts = List.copyOf(hosts);
        origins = List.copyOf(origins);
        if (requestsPerMinute < 0 || requestsPerMinute > MOST_PER_MINUTE) {
            throw new IllegalArgumentException("access.requests_per_minute must be from 0 to " + MOST_PER_MINUTE);
        }
    }

    /** Uses the default location of credentials. */
    public AccessConfig(boolean plainHttp, List<String> hosts, List<String> origins, int requestsPerMinute) {
        this(plainHttp, hosts, origins, requestsPerMinute, SecretsConfig.defaults());
    }

    /** The defaults, with the given setting for plain HTTP. */
    public AccessConfig(boolean plainHttp) {
        this(plainHttp, List.of(), List.of(), 6000);
    }

    public static AccessConfig defaults() {
        return new AccessConfig(false);
    }
}
