package io.marketbrain.api;

import io.marketbrain.model.CallId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * One HTTP request as endpoints see it, free of the server that received it.
 *
 * @param path variables of the route by name, decoded
 * @param query parameters by name, decoded, in order
 * @param headers finds the first value of a request header by name, in any case
 */
record Request(
        String method,
        String target,
        Map<String, String> path,
        Map<String, List<String>> query,
        Function<String, Optional<String>> headers,
        CallId callId) {

    Optional<String> findHeader(String name) {
        return headers.apply(name);
    }

    boolean accepts(String mediaType) {
        return findHeader("Accept").map(accept -> accept.contains(mediaType)).orElse(false);
    }
}
