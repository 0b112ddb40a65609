package io.marketbrain.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;
import java.util.HexFormat;

/** Collects a streamed body into pieces and sends each as one chunk (RFC 9112, 7.1), or unframed. Not thread-safe. */
final class StreamOutput extends OutputStream {
    private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(US_ASCII);

    /** Maximum bytes before a piece: its size in hexadecimal and a line end. */
    private static final int HEADROOM = 6;

    /** Maximum bytes after a piece: a line end and the last chunk. */
    private static final int TAIL = 7;

    /** Body bytes in one piece; together with the framing they fill one TLS record. */
    static final int PIECE = 16_384 - HEADROOM - TAIL;
    /** The same for a long-lived stream: there may be a thousand of them. */
    static final int SMALL_PIECE = 2048 - HEADROOM - TAIL;

    private static final HexFormat HEX = HexFormat.of();

    /** Sends bytes to the client; blocks while it does not read. */
    interface Sender {
        void send(byte[] bytes, int from, int length) throws IOException;
    }

    private final Sender sender;
    private final boolean chunked;
    private final int full;
    private final byte[] buffer;
    private int end = HEADROOM;
    private boolean broken;

    /**
     * @param chunked whether pieces are framed as chunks; otherwise the end of the connection ends the body
     * @param piece maximum body bytes in one piece, at most {@link #PIECE}
     */
    StreamOutput(Sender sender, boolean chunked, int piece) {
        this.sender = sender;
        this.chunked = chunked;
        this.full = HEADROOM + piece;
        this.buffer = new byte[full + TAIL];
    }

    @Override
    public void write(int b) throws IOException {
        if (end == full) {
            flush();
        }
        buffer[end++] = (byte) b;
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        int to = from + length;
        for (int at = from; at < to; ) {
            if (end == full) {
                flush();
            }
            int some = Math.min(to - at, full - end);
            System.arraycopy(bytes, at, buffer, end, some);
            end += some;
            at += some;
        }
    }

    /** Sends what has been written since the last flush. */
    @Override
    public void flush() throws IOException {
        if (end > HEADROOM) {
            send(false);
        }
    }

    /** Does nothing: the server ends the body, and only if it is complete. */
    @Override
    public void close() {}

    /** Sends the rest and, if chunked, the last chunk. */
    void finish() throws IOException {
        if (chunked || end > HEADROOM) {
            send(true);
        }
    }

    /** Whether writing to the client failed. */
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

    /** Frames the buffer as a chunk and returns where the frame starts. */
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
