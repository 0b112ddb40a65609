package io.marketbrain.api;

import io.marketbrain.api.filters.IncompleteStream;
import io.marketbrain.api.rendering.ProblemResponses;
import io.marketbrain.api.rendering.Response;
import io.marketbrain.api.request.RawRequest;
import io.marketbrain.http.message.Body;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
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

    /**
     * A response with its whole body as text, neither compressed nor conditional.
     *
     * @param more whether the response is a page that another one follows
     */
    public record Answered(int status, String body, boolean more) {
        /** A response that is complete. */
        public Answered(int status, String body) {
            this(status, body, false);
        }

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
        var body = new ByteArrayOutputStream();
        try {
            Answered answered = get(path, query, body);
            return answered.ok()
                    ? new Answered(answered.status(), body.toString(StandardCharsets.UTF_8), answered.more())
                    : answered;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Handles a GET request and writes the body of a successful response to {@code out} as it is produced; a streamed one
     * is never in memory as a whole. If it cannot be completed, the result is the problem document.
     *
     * @return the response; its body is empty if it was written to {@code out}
     * @throws IOException if {@code out} cannot be written
     */
    public Answered get(Iterable<String> path, Map<String, String> query, OutputStream out) throws IOException {
        Response reply = api.answer(new RawRequest("GET", path(path), query(query), _ -> Optional.empty()));
        if (reply.status() != 200) {
            return new Answered(reply.status(), text(reply.bytes()));
        }
        try {
            switch (reply.body()) {
                case Body.Bytes(byte[] bytes) -> out.write(bytes);
                case Body.Stream stream -> stream.writeTo(out);
                case Body.Upgrade _ -> throw new IllegalStateException("there is no connection to upgrade");
            }
            out.flush();
        } catch (IncompleteStream incomplete) {
            Response problem = ProblemResponses.reply(incomplete.failure(), incomplete.callId());
            return new Answered(problem.status(), text(problem.bytes()));
        }
        return new Answered(reply.status(), "", reply.headers().has("Link"));
    }

    /** Handles a request of any kind, whose response must not be streamed. */
    public Answered send(RawRequest request) {
        Response reply = api.answer(request);
        return new Answered(reply.status(), text(reply.bytes()));
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
