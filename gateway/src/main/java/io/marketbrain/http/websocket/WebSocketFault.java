package io.marketbrain.http.websocket;

/**
 * Something that the client must not send, with the close code of the answer. Never leaves this package; has no stack
 * trace because it is expected.
 */
final class WebSocketFault extends Exception {
    private static final long serialVersionUID = 1L;

    private final int code;

    WebSocketFault(int code, String detail) {
        super(detail, null, false, false);
        this.code = code;
    }

    CloseStatus status() {
        return new CloseStatus(code, String.valueOf(getMessage()));
    }
}
