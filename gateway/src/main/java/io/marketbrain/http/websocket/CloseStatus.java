package io.marketbrain.http.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Why a WebSocket ended (RFC 6455, 7.4).
 *
 * @param code the close code
 * @param reason a text for logs; at most 123 bytes of it are sent
 */
public record CloseStatus(int code, String reason) {
    public static final int NORMAL = 1000;
    /** The server stops. */
    public static final int GOING_AWAY = 1001;

    public static final int PROTOCOL_ERROR = 1002;
    /** A binary message. */
    public static final int UNSUPPORTED = 1003;
    /** The client sent no code; never sent itself. */
    public static final int NONE = 1005;
    /** The connection ended without a close frame; never sent itself. */
    public static final int ABNORMAL = 1006;
    /** A text that is not UTF-8. */
    public static final int INVALID_TEXT = 1007;
    /** A rule of the application is violated, for instance a key was revoked. */
    public static final int POLICY_VIOLATION = 1008;

    public static final int TOO_BIG = 1009;
    public static final int INTERNAL_ERROR = 1011;
    /** The server is at a limit, or the client reads too slowly. */
    public static final int TRY_AGAIN_LATER = 1013;

    private static final int MAX_REASON = 123;
    private static final int FIRST_REGISTERED = 1000;
    private static final int LAST_REGISTERED = 1014;
    private static final int RESERVED = 1004;
    private static final int FIRST_FREE = 3000;
    private static final int LAST_FREE = 4999;

    /** Whether a peer may send a code: registered with IANA, or in the range for libraries and applications. */
    static boolean mayBeSent(int code) {
        if (code == RESERVED || code == NONE || code == ABNORMAL) {
            return false;
        }
        return (code >= FIRST_REGISTERED && code <= LAST_REGISTERED) || (code >= FIRST_FREE && code <= LAST_FREE);
    }

    /** Parses the payload of a close frame. */
    static CloseStatus parse(byte[] payload) throws WebSocketFault {
        if (payload.length == 0) {
            return new CloseStatus(NONE, "");
        }
        if (payload.length == 1) {
            throw new WebSocketFault(PROTOCOL_ERROR, "the close code has one byte only");
        }
        int code = ((payload[0] & 0xff) << 8) | (payload[1] & 0xff);
        if (!mayBeSent(code)) {
            throw new WebSocketFault(PROTOCOL_ERROR, "the close code " + code + " must not be sent");
        }
        var check = new Utf8Validator();
        if (!check.accept(payload, 2, payload.length - 2) || !check.complete()) {
            throw new WebSocketFault(INVALID_TEXT, "the reason is not valid UTF-8");
        }
        return new CloseStatus(code, new String(payload, 2, payload.length - 2, UTF_8));
    }

    /** The payload of a close frame with this status; empty without a code. */
    byte[] payload() {
        if (code == NONE) {
            return new byte[0];
        }
        byte[] text = reason.getBytes(UTF_8);
        int length = Math.min(text.length, MAX_REASON);
        while (length < text.length && (text[length] & 0xc0) == 0x80) {
            length--; // not in the middle of a character
        }
        byte[] payload = new byte[2 + length];
        payload[0] = (byte) (code >> 8);
        payload[1] = (byte) code;
        System.arraycopy(text, 0, payload, 2, length);
        return payload;
    }
}
