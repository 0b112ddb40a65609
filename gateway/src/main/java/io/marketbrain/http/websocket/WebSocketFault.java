package io.marketbrain.http.websocket;

/**
 * Something that the client must not send, with the close code of the answer. Never leaves this package; has no stack
 * trace because it is expected.
 */
final class WebSocketFault extends Exception {
    private static final long serialVersionUID = 1L;

    private final int code;
    private final boolean ofMessage;

    /** A fault after which the bytes that follow mean nothing. */
    WebSocketFault(int code, String detail) {
        this(code, detail, false);
    }

    private WebSocketFault(int code, String detail, boolean ofMessage) {
        super(detail, null, false, false);
        this.code = code;
        this.ofMessage = ofMessage;
    }

    /** A fault of a message whose frames are as they must be, so that the client's close frame can still be found. */
    static WebSocketFault ofMessage(int code, String detail) {
        return new WebSocketFault(code, detail, true);
    }

    boolean isOfMessage() {
        return ofMessage;
    }

    CloseStatus status() {
        return new CloseStatus(code, String.valueOf(getMessage()));
    }
}
