package io.marketbrain.api.request;

import java.util.Optional;
import java.util.function.Function;

/**
 * One HTTP request as the server passes it on: neither decoded nor validated.
 *
 * @param path the path of the request target as sent, percent-encoded
 * @param query the query of the request target as sent, without the question mark; empty if there is none
 * @param headers finds the first value of a request header by its case-insensitive name
 * @param body empty if there is none
 */
@SuppressWarnings("ArrayRecordComponent") // requests are never compared
public record RawRequest(
        String method, String path, String query, Function<String, Optional<String>> headers, byte[] body) {
    private static final byte[] NONE = {};

    /** A request without a body. */
    public RawRequest(String method, String path, String query, Function<String, Optional<String>> headers) {
        this(method, path, query, headers, NONE);
    }

    public Optional<String> findHeader(String name) {
        return headers.apply(name);
    }

    /** This request for another path. */
    public RawRequest withPath(String other) {
        return other.equals(path) ? this : new RawRequest(method, other, query, headers, body);
    }

    public boolean isHead() {
        return method.equals("HEAD");
    }
}
