package io.marketbrain.api;

import io.marketbrain.model.CallId;
import io.marketbrain.model.Caller;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * One HTTP request as endpoints see it, free of the server that received it.
 *
 * @param path the path as it was sent, percent-encoded
 * @param variables variables of the route by name, decoded
 * @param query parameters by name, decoded, in order
 * @param headers finds the first value of a request header by name, in any case
 * @param body as it was sent; empty if there is none
 * @param admin whether the caller may see what is every caller's
 */
@SuppressWarnings("ArrayRecordComponent") // requests are never compared
record Request(
        String method,
        String path,
        Map<String, String> variables,
        Map<String, List<String>> query,
        Function<String, Optional<String>> headers,
        byte[] body,
        Caller caller,
        boolean admin,
        CallId callId) {

    Optional<String> findHeader(String name) {
        return headers.apply(name);
    }

    /** The variable {@code name} of the route; empty where the route has none. */
    String variable(String name) {
        return variables.getOrDefault(name, "");
    }

    boolean accepts(String mediaType) {
        return findHeader("Accept").map(accept -> accept.contains(mediaType)).orElse(false);
    }
}
