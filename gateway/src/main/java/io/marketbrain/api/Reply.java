package io.marketbrain.api;

import io.marketbrain.api.http.Body;
import io.marketbrain.api.http.Header;
import io.marketbrain.api.http.Headers;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** One HTTP response: status, headers and the body, whole or streamed. Not thread-safe; one instance per request. */
record Reply(int status, Headers headers, Body body) {
    static final String JSON = "application/json";
    private static final Header OF_JSON = new Header("Content-Type", JSON);

    /** A response with a whole body. */
    Reply(int status, Headers headers, byte[] body) {
        this(status, headers, new Body.Bytes(body));
    }

    static Reply of(int status, String contentType, byte[] body) {
        return new Reply(status, new Headers().put("Content-Type", contentType), body);
    }

    static Reply json(byte[] body) {
        return new Reply(200, new Headers().put(OF_JSON), body);
    }

    /** A JSON document with the ETag of its payload. */
    static Reply json(Json.Document document) {
        return json(document.bytes()).with(document.etag());
    }

    /** A body with an ETag over all of its bytes. */
    static Reply tagged(String contentType, byte[] body) {
        return of(200, contentType, body).with("ETag", Etag.of(body, List.of()));
    }

    static Reply text(int status, String contentType, String body) {
        return of(status, contentType, body.getBytes(StandardCharsets.UTF_8));
    }

    /** A response without a body and content type. */
    static Reply empty(int status) {
        return new Reply(status, new Headers(), Body.NONE);
    }

    /** A response whose body is sent while it is produced. */
    static Reply stream(String contentType, Body.Stream body) {
        return new Reply(200, new Headers().put("Content-Type", contentType), body);
    }

    /**
     * The whole body.
     *
     * @throws IllegalStateException if the body is streamed
     */
    byte[] bytes() {
        if (body instanceof Body.Bytes(byte[] whole)) {
            return whole;
        }
        throw new IllegalStateException("the body is streamed");
    }

    /** This response with another body. */
    Reply withBody(Body other) {
        return new Reply(status, headers, other);
    }

    Reply with(String name, String value) {
        return with(new Header(name, value));
    }

    Reply with(Header header) {
        headers.put(header);
        return this;
    }

    /** Adds {@code token} to a header that is a list, such as {@code Vary}. */
    Reply adding(String name, String token) {
        headers.add(name, token);
        return this;
    }
}
