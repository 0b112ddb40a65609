package io.marketbrain.http.websocket;

import static io.marketbrain.http.websocket.CloseStatus.PROTOCOL_ERROR;

import org.jspecify.annotations.Nullable;

/**
 * Reads the headers of frames from a client (RFC 6455, 5.2), byte by byte, and rejects what the standard forbids as soon as it has
 * arrived. Not thread-safe.
 */
final class FrameHeaderReader {
    private static final int LAST = 0x80;
    private static final int RESERVED = 0x70;
    private static final int OPCODE = 0x0f;
    private static final int MASKED = 0x80;
    private static final int LENGTH = 0x7f;
    private static final int MAX_CONTROL = 125;
    private static final int TWO_BYTES = 126;
    private static final int MASK_BYTES = 4;

    /** The number of bytes of this header so far. */
    private int count;

    private boolean last;
    private @Nullable Opcode opcode;
    private int lengthBytes;
    private long length;
    private int mask;

    /** Takes the next byte; the header if this was its last one. */
    @Nullable
    FrameHeader next(int b) throws WebSocketFault {
        int at = count++;
        if (at == 0) {
            first(b);
        } else if (at == 1) {
            second(b);
        } else if (at < 2 + lengthBytes) {
            length = (length << 8) | b;
            if (at == 1 + lengthBytes) {
                checkLength();
            }
        } else {
            mask = (mask << 8) | b;
        }
        if (count < 2 + lengthBytes + MASK_BYTES || opcode == null) {
            return null;
        }
        var header = new FrameHeader(last, opcode, length, mask);
        count = 0;
        lengthBytes = 0;
        length = 0;
        mask = 0;
        return header;
    }

    private void first(int b) throws WebSocketFault {
        opcode = Opcode.of(b & OPCODE);
        require((b & RESERVED) == 0, "a reserved bit is set");
        if (opcode == null) {
            throw new WebSocketFault(PROTOCOL_ERROR, "the opcode " + (b & OPCODE) + " is reserved");
        }
        last = (b & LAST) != 0;
        require(last || !opcode.control(), "a control frame is fragmented");
    }

    private void second(int b) throws WebSocketFault {
        require((b & MASKED) != 0, "a frame is not masked");
        int shortLength = b & LENGTH;
        require(
                shortLength <= MAX_CONTROL || opcode == null || !opcode.control(),
                "a control frame is longer than 125 bytes");
        if (shortLength <= MAX_CONTROL) {
            length = shortLength;
        } else {
            lengthBytes = shortLength == TWO_BYTES ? 2 : 8;
        }
    }

    private void checkLength() throws WebSocketFault {
        require(length >= 0, "a length has its highest bit set");
        require(length > (lengthBytes == 2 ? MAX_CONTROL : 0xffff), "a length is not in its shortest form");
    }

    private static void require(boolean valid, String detail) throws WebSocketFault {
        if (!valid) {
            throw new WebSocketFault(PROTOCOL_ERROR, detail);
        }
    }
}
