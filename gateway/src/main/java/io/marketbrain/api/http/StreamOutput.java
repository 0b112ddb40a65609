package io.marketbrain.api.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;
import java.util.HexFormat;

/**
 * Where the parts of a streamed body are written: collects them into pieces and sends each as one chunk (RFC 9112, 7.1),
 * or as it is. Used by one thread.
 */
final class StreamOutput extends OutputStream {
    private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(US_ASCII);

    /** The most that stands before a piece: its size in hexadecimal and a line end. */
    private static final int HEADROOM = 6;

    /** The most that stands behind it: a line end and the last chunk. */
    private static final int TAIL = 7;

    /** Bytes of the body in one piece: with its frame they fill one TLS record. */
    static final int PIECE = 16_384 - HEADROOM - TAIL;

    private static final int FULL = HEADROOM + PIECE;
    private static final HexFormat HEX = HexFormat.of();

    /** Sends bytes to the client; blocks while it does not read. */
    interface Sender {
        void send(byte[] bytes, int from, int length) throws IOException;
    }

    private final Sender sender;
    private final boolean chunked;
    private final byte[] buffer = new byte[FULL + TAIL];
    private int end = HEADROOM;
    private boolean broken;

    /** @param chunked whether each piece is framed; else the end of the connection is the end of the body */
    StreamOutput(Sender sender, boolean chunked) {
        this.sender = sender;
        this.chunked = chunked;
    }

    @Override
    public void write(int b) throws IOException {
        if (end == FULL) {
            flush();
        }
        buffer[end++] = (byte) b;
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        int to = from + length;
        for (int at = from; at < to; ) {
            if (end == FULL) {
                flush();
            }
            int some = Math.min(to - at, FULL - end);
            System.arraycopy(bytes, at, buffer, end, some);
            end += some;
            at += some;
        }
    }

    /** Sends what has been written since the last time. */
    @Override
    public void flush() throws IOException {
        if (end > HEADROOM) {
            send(false);
        }
    }

    /** Nothing: the server ends the body, and only when it is complete. */
    @Override
    public void close() {}

    /** Sends the rest and, in chunks, the end of the body. */
    void finish() throws IOException {
        if (chunked || end > HEADROOM) {
            send(true);
        }
    }

    /** Whether the client could not be written to. */
    boolean broken() {
        return broken;
    }

    private void send(boolean last) throws IOException {
        int start = chunked ? frame(last) : HEADROOM;
        try {
            sender.send(buffer, start, end - start);
        } catch (IOException e) {
            broken = true;
            throw e;
        }
        end = HEADROOM;
    }

    /** Puts the chunk's size before what is in the buffer and its end behind; returns where it starts. */
    private int frame(boolean last) {
        int start = HEADROOM;
        int length = end - HEADROOM;
        if (length > 0) {
            buffer[end++] = '\r';
            buffer[end++] = '\n';
            buffer[--start] = '\n';
            buffer[--start] = '\r';
            for (int rest = length; rest > 0; rest >>>= 4) {
                buffer[--start] = (byte) HEX.toLowHexDigit(rest);
            }
        }
        if (last) {
            System.arraycopy(LAST_CHUNK, 0, buffer, end, LAST_CHUNK.length);
            end += LAST_CHUNK.length;
        }
        return start;
    }
}
