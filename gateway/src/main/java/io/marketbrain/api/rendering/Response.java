package io.marketbrain.api.rendering;

import io.marketbrain.http.message.Body;
import io.marketbrain.http.message.Header;
import io.marketbrain.http.message.Headers;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** One HTTP response: status, headers and the body, whole or streamed. Not thread-safe; one instance per request. */
public record Response(int status, Headers headers, Body body) {
    public static final String JSON = "application/json";
    private static final Header OF_JSON = new Header("Content-Type", JSON);

    /** A response with a whole body. */
    public Response(int status, Headers headers, byte[] body) {
        this(status, headers, new Body.Bytes(body));
    }

    public static Response of(int status, String contentType, byte[] body) {
        return new Response(status, new Headers().put("Content-Type", contentType), body);
    }

    public static Response json(byte[] body) {
        return new Response(200, new Headers().put(OF_JSON), body);
    }

    /** A JSON document with the ETag of its payload. */
    public static Response json(JsonDocument.Document document) {
        return json(document.bytes()).with(document.etag());
    }

    /** A body with an ETag over all of its bytes. */
    public static Response tagged(String contentType, byte[] body) {
        return of(200, contentType, body).with("ETag", Etag.of(body, List.of()));
    }

    public static Response text(int status, String contentType, String body) {
        return of(status, contentType, body.getBytes(StandardCharsets.UTF_8));
    }

    /** A response without a body and content type. */
    public static Response empty(int status) {
        return new Response(status, new Headers(), Body.NONE);
    }

    /** A response whose body is sent while it is produced. */
    public static Response stream(String contentType, Body.Stream body) {
        return new Response(200, new Headers().put("Content-Type", contentType), body);
    }

    /**
     * The whole body.
     *
     * @throws IllegalStateException if the body is streamed
     */
    public byte[] bytes() {
        if (body instanceof Body.Bytes(byte[] whole)) {
            return whole;
        }
        throw new IllegalStateException("the body is streamed");
    }

    /** This response with another body. */
    public Response withBody(Body other) {
        return new Response(status, headers, other);
    }

    public Response with(String name, String value) {
        return with(new Header(name, value));
    }

    public Response with(Header header) {
        headers.put(header);
        return this;
    }

    /** Adds {@code token} to a header that is a list, such as {@code Vary}. */
    public Response adding(String name, String token) {
        headers.add(name, token);
        return this;
    }
}
