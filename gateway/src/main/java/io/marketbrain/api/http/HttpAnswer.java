package io.marketbrain.api.http;

/**
 * One answer, whole. The server adds date, length and connection.
 *
 * @param body left out where HTTP knows none: answers to HEAD, 204 and 304
 */
@SuppressWarnings("ArrayRecordComponent") // answers are never compared
public record HttpAnswer(int status, Headers headers, byte[] body) {
    boolean hasBody() {
        return status != 204 && status != 304;
    }
}
