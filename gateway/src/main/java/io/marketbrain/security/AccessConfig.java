package io.marketbrain.security;

import io.marketbrain.model.SettingRange;
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
    public static final SettingRange<Integer> REQUESTS_PER_MINUTE =
            SettingRange.of("access.requests_per_minute", 0, 1_000_000);

    public AccessConfig {
        hosts = List.copyOf(hosts);
        origins = List.copyOf(origins);
        REQUESTS_PER_MINUTE.check(requestsPerMinute);
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
