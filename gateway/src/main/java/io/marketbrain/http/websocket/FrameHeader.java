package io.marketbrain.http.websocket;

/**
 * The header of one frame from a client (RFC 6455, 5.2).
 *
 * @param last whether the frame is the last one of its message
 * @param length bytes of the payload
 * @param mask the masking key; its first byte is the highest
 */
record FrameHeader(boolean last, Opcode opcode, long length, int mask) {
    /** Unmasks a part of the payload in place. */
    void unmask(byte[] bytes, int from, int count, long position) {
        for (int i = 0; i < count; i++) {
            bytes[from + i] ^= (byte) (mask >>> (24 - 8 * (int) ((position + i) & 3)));
        }
    }
}
