package io.marketbrain.api.request;

import io.marketbrain.model.CallId;
import io.marketbrain.model.Caller;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * One HTTP request as endpoints see it, independent of the server that received it.
 *
 * @param path the path as sent, percent-encoded
 * @param variables path variables by name, decoded
 * @param query parameters by name, decoded, in order
 * @param headers finds the first value of a request header by its case-insensitive name
 * @param body as sent; empty if there is none
 * @param admin whether the caller may see the data of all callers
 */
@SuppressWarnings("ArrayRecordComponent") // requests are never compared
public record Request(
        String method,
        String path,
        Map<String, String> variables,
        Map<String, List<String>> query,
        Function<String, Optional<String>> headers,
        byte[] body,
        Caller caller,
        boolean admin,
        CallId callId) {

    public Optional<String> findHeader(String name) {
        return headers.apply(name);
    }

    /** The path variable {@code name}; empty if the route has none of that name. */
    public String variable(String name) {
        return variables.getOrDefault(name, "");
    }

    /** Whether the client prefers a media type to JSON and plain text. */
    public boolean accepts(String mediaType) {
        return accept().best(List.of("application/json", "text/plain", mediaType))
                .equals(mediaType);
    }

    public AcceptHeader accept() {
        return new AcceptHeader(findHeader("Accept").orElse(""));
    }
}
