package io.marketbrain.http.message;

/**
 * One response. The server adds {@code Date}, {@code Content-Length} or {@code Transfer-Encoding}, and {@code
 * Connection}.
 *
 * @param body not sent in responses without content: to HEAD, 1xx, 204 and 304
 */
public record ServerResponse(int status, Headers headers, Body body) {
    /** A response with a complete body. */
    public ServerResponse(int status, Headers headers, byte[] body) {
        this(status, headers, new Body.Bytes(body));
    }

    public boolean hasBody() {
        return status >= 200 && status != 204 && status != 304;
    }
}
