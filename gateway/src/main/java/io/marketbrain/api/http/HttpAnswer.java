package io.marketbrain.api.http;

import java.util.Map;

/**
 * One answer, whole. The server adds date, length and connection.
 *
 * @param body left out where HTTP knows none: answers to HEAD, 204 and 304
 */
@SuppressWarnings("ArrayRecordComponent") // answers are never compared
public record HttpAnswer(int status, Map<String, String> headers, byte[] body) {
    public HttpAnswer {
        headers.forEach((name, value) -> {
            for (int i = 0; i < value.length(); i++) {
                if (!Grammar.isValue(value.charAt(i))) {
                    throw new IllegalArgumentException("a control character in the header " + name);
                }
            }
        });
    }

    boolean hasBody() {
        return status != 204 && status != 304;
    }
}
