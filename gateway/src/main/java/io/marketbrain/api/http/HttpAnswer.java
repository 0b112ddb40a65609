package io.marketbrain.api.http;

/**
 * One answer. The server adds date, length or transfer coding, and connection.
 *
 * @param body left out where HTTP knows none: answers to HEAD, 204 and 304
 */
public record HttpAnswer(int status, Headers headers, Body body) {
    /** An answer with a whole body. */
    public HttpAnswer(int status, Headers headers, byte[] body) {
        this(status, headers, new Body.Bytes(body));
    }

    boolean hasBody() {
        return status != 204 && status != 304;
    }
}
