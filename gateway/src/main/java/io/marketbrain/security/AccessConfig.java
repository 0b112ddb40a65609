package io.marketbrain.security;

/**
 * Settings of who may come in.
 *
 * @param plainHttp the owner has decided that others may be served without TLS: something in front speaks it, or the
 *     network is trusted
 */
public record AccessConfig(boolean plainHttp) {
    public static AccessConfig defaults() {
        return new AccessConfig(false);
    }
}
