package io.marketbrain.api;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/** One HTTP response: status, headers and the whole body. */
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

    Map<String, String> headerMap() {
        return headers;
    }
}
