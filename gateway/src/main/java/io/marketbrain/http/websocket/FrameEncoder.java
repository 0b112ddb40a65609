package io.marketbrain.http.websocket;

/** Encodes frames from the server: never masked, never fragmented (RFC 6455, 5.2). */
final class FrameEncoder {
    private static final int LAST = 0x80;
    private static final int ONE_BYTE = 125;
    private static final int TWO_BYTES = 0xffff;

    private FrameEncoder() {}

    static byte[] frame(Opcode opcode, byte[] payload) {
        byte[] frame = new byte[size(payload)];
        put(opcode, payload, frame, 0);
        return frame;
    }

    /** The length of the frame of a payload. */
    static int size(byte[] payload) {
        return payload.length + (payload.length <= ONE_BYTE ? 2 : payload.length <= TWO_BYTES ? 4 : 10);
    }

    /** Writes a frame and returns its end. */
    static int put(Opcode opcode, byte[] payload, byte[] out, int from) {
        int at = from;
        int length = payload.length;
        out[at++] = (byte) (LAST | opcode.number());
        int lengthBytes = length <= ONE_BYTE ? 0 : length <= TWO_BYTES ? 2 : 8;
        out[at++] = (byte) (lengthBytes == 0 ? length : lengthBytes == 2 ? ONE_BYTE + 1 : ONE_BYTE + 2);
        for (int i = lengthBytes - 1; i >= 0; i--) {
            out[at++] = (byte) ((long) length >>> 8 * i);
        }
        System.arraycopy(payload, 0, out, at, length);
        return at + length;
    }
}
