package io.marketbrain.api;

import io.marketbrain.api.filters.IncompleteStream;
import io.marketbrain.api.rendering.ProblemResponses;
import io.marketbrain.api.rendering.Response;
import io.marketbrain.api.request.RawRequest;
import io.marketbrain.http.message.Body;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The API without a server, for use within the process: the same requests and responses. Thread-safe; may block. */
public final class LocalApi {
    private final Api api;

    public LocalApi(Api api) {
        this.api = api;
    }

    /** A response with its whole body as text, neither compressed nor conditional. */
    public record Answered(int status, String body) {
        public boolean ok() {
            return status == 200;
        }
    }

    /**
     * Handles a GET request.
     *
     * @param path the parts of the path, not encoded
     * @param query the parameters, not encoded
     */
    public Answered get(Iterable<String> path, Map<String, String> query) {
        Response reply = api.answer(new RawRequest("GET", path(path), query(query), _ -> Optional.empty()));
        return switch (reply.body()) {
            case Body.Bytes(byte[] bytes) -> new Answered(reply.status(), text(bytes));
            case Body.Stream stream -> whole(reply.status(), stream);
        };
    }

    /** Collects a streamed body; returns a problem document if it cannot be completed. */
    private static Answered whole(int status, Body.Stream stream) {
        var body = new ByteArrayOutputStream();
        try {
            stream.writeTo(body);
            return new Answered(status, body.toString(StandardCharsets.UTF_8));
        } catch (IncompleteStream incomplete) {
            Response problem = ProblemResponses.reply(incomplete.failure(), incomplete.callId());
            return new Answered(problem.status(), text(problem.bytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** The target of the HTTP request that corresponds to {@link #get}. */
    public static String target(Iterable<String> path, Map<String, String> query) {
        return path(path) + (query.isEmpty() ? "" : "?" + query(query));
    }

    private static String path(Iterable<String> parts) {
        var path = new StringBuilder();
        parts.forEach(part -> path.append('/').append(encode(part)));
        return path.toString();
    }

    private static String query(Map<String, String> query) {
        return query.entrySet().stream()
                .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
