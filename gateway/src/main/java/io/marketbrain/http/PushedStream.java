package io.marketbrain.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.marketbrain.http.message.PushedBody;
import io.marketbrain.http.message.PushedProtocol;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** The body of a response that needs no thread of its own, framed as chunks (RFC 9112, 7.1) or closed by the end of the connection. */
final class PushedStream implements PushedProtocol {
    private static final byte[] LINE_END = {'\r', '\n'};
    private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(US_ASCII);

    private final PushedBody body;
    private final boolean chunked;
    private final RequestBuffer inbox;
    private final ByteArrayOutputStream chunk;
    private boolean disconnected;
    private boolean received;

    /**
     * @param inbox gets what the client sends meanwhile: its next request
     * @param chunk collects the chunk that is being written; shared by all streams of the thread
     */
    PushedStream(PushedBody body, boolean chunked, RequestBuffer inbox, ByteArrayOutputStream chunk) {
        this.body = body;
        this.chunked = chunked;
        this.inbox = inbox;
        this.chunk = chunk;
    }

    @Override
    public void start(Runnable wake) {
        body.start(wake);
    }

    @Override
    public void received(ByteBuffer bytes) {
        inbox.add(bytes);
        received = true;
    }

    @Override
    public boolean receives() {
        return !received;
    }

    @Override
    public void disconnected() {
        disconnected = true;
    }

    boolean isDisconnected() {
        return disconnected;
    }

    @Override
    public void write(OutputStream out, int most) throws IOException {
        if (!chunked) {
            body.write(out, most);
            return;
        }
        chunk.reset();
        body.write(chunk, most);
        if (chunk.size() > 0) {
            out.write(Integer.toHexString(chunk.size()).getBytes(US_ASCII));
            out.write(LINE_END);
            chunk.writeTo(out);
            out.write(LINE_END);
        }
        if (body.ended()) {
            out.write(LAST_CHUNK);
        }
    }

    @Override
    public long nanosToWait() {
        return body.nanosToWait();
    }

    @Override
    public boolean ended() {
        return disconnected || body.ended();
    }

    @Override
    public void stop() {
        body.stop();
    }

    @Override
    public void close() {
        body.close();
    }
}
