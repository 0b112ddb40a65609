package io.marketbrain.api;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** One HTTP response: status, headers and the whole body. Belongs to one request; not thread-safe. */
@SuppressWarnings("ArrayRecordComponent") // replies are never compared
record Reply(int status, SequencedMap<String, String> headers, byte[] body) {
    static final String JSON = "application/json";

    static Reply of(int status, String contentType, byte[] body) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("Content-Type", contentType);
        return new Reply(status, headers, body);
    }

    static Reply json(byte[] body) {
        return of(200, JSON, body);
    }

    /** A document whose tag speaks for its payload. */
    static Reply json(Json.Document document) {
        return json(document.bytes()).with("ETag", document.etag());
    }

    /** A body whose every byte counts for its tag. */
    static Reply tagged(String contentType, byte[] body) {
        return of(200, contentType, body).with("ETag", Etag.of(body, List.of()));
    }

    static Reply text(int status, String contentType, String body) {
        return of(status, contentType, body.getBytes(StandardCharsets.UTF_8));
    }

    /** A reply without a body or a content type. */
    static Reply empty(int status) {
        return new Reply(status, new LinkedHashMap<>(), new byte[0]);
    }

    Reply with(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /** Adds {@code token} to a header that is a list, such as {@code Vary}. */
    Reply adding(String name, String token) {
        headers.merge(name, token, (old, added) -> old + ", " + added);
        return this;
    }
}
