package io.marketbrain.http.websocket;

import static io.marketbrain.http.websocket.CloseStatus.PROTOCOL_ERROR;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * The header of one frame from a client (RFC 6455, 5.2).
 *
 * @param last whether the frame is the last one of its message
 * @param length bytes of the payload
 * @param mask the masking key; its first byte is the highest
 */
record FrameHeader(boolean last, Opcode opcode, long length, int mask) {
    private static final int LAST = 0x80;
    private static final int RESERVED = 0x70;
    private static final int OPCODE = 0x0f;
    private static final int MASKED = 0x80;
    private static final int LENGTH = 0x7f;
    private static final int MAX_CONTROL = 125;
    private static final int TWO_BYTES = 126;

    /**
     * Reads a header and rejects what the standard forbids.
     *
     * @throws EOFException if the client disconnected
     */
    static FrameHeader read(InputStream in) throws IOException, WebSocketFault {
        int first = next(in);
        Opcode opcode = Opcode.of(first & OPCODE);
        require((first & RESERVED) == 0, "a reserved bit is set");
        if (opcode == null) {
            throw new WebSocketFault(PROTOCOL_ERROR, "the opcode " + (first & OPCODE) + " is reserved");
        }
        boolean last = (first & LAST) != 0;
        require(last || !opcode.control(), "a control frame is fragmented");
        int second = next(in);
        require((second & MASKED) != 0, "a frame is not masked");
        int shortLength = second & LENGTH;
        require(shortLength <= MAX_CONTROL || !opcode.control(), "a control frame is longer than 125 bytes");
        long length = shortLength;
        if (shortLength == TWO_BYTES) {
            length = number(in, 2);
            require(length > MAX_CONTROL, "a length is not in its shortest form");
        } else if (shortLength > TWO_BYTES) {
            length = number(in, 8);
            require(length >= 0, "a length has its highest bit set");
            require(length > 0xffff, "a length is not in its shortest form");
        }
        return new FrameHeader(last, opcode, length, (int) number(in, 4));
    }

    /** Unmasks a part of the payload in place. */
    void unmask(byte[] bytes, int from, int count, long position) {
        for (int i = 0; i < count; i++) {
            bytes[from + i] ^= (byte) (mask >>> 24 - 8 * (int) (position + i & 3));
        }
    }

    private static void require(boolean valid, String detail) throws WebSocketFault {
        if (!valid) {
            throw new WebSocketFault(PROTOCOL_ERROR, detail);
        }
    }

    private static long number(InputStream in, int bytes) throws IOException {
        long number = 0;
        for (int i = 0; i < bytes; i++) {
            number = number << 8 | next(in);
        }
        return number;
    }

    private static int next(InputStream in) throws IOException {
        int b = in.read();
        if (b < 0) {
            throw new EOFException("the client disconnected");
        }
        return b;
    }
}
