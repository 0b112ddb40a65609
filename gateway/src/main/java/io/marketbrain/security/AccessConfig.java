package io.marketbrain.security;

import io.marketbrain.model.SettingRange;
import java.util.List;

/**
 * Settings of who may come in.
 *
 * @param plainHttp the owner has decided that others may be served without TLS: something in front speaks it, or the
 *     network is trusted
 * @param hosts names besides {@code localhost} under which callers without a key may ask for this machine
 * @param origins web pages from elsewhere that may use the API, such as {@code https://app.example.com}
 * @param requestsPerMinute how many requests a caller with a key may make in a minute; 0 for as many as it likes
 * @param secrets where credentials are kept encrypted
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

    /** With credentials kept where they are by default. */
    public AccessConfig(boolean plainHttp, List<String> hosts, List<String> origins, int requestsPerMinute) {
        this(plainHttp, hosts, origins, requestsPerMinute, SecretsConfig.defaults());
    }

    /** The defaults, but for the decision on TLS. */
    public AccessConfig(boolean plainHttp) {
        this(plainHttp, List.of(), List.of(), 6000);
    }

    public static AccessConfig defaults() {
        return new AccessConfig(false);
    }
}
