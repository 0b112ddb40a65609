package io.marketbrain.http.websocket;

import static io.marketbrain.http.websocket.CloseStatus.INVALID_TEXT;
import static io.marketbrain.http.websocket.CloseStatus.PROTOCOL_ERROR;
import static io.marketbrain.http.websocket.CloseStatus.TOO_BIG;
import static io.marketbrain.http.websocket.CloseStatus.UNSUPPORTED;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads frames and joins fragments to messages (RFC 6455, 5.4). Text is checked as it arrives, so wrong bytes and
 * messages that are too long end the connection before the client has sent the rest. Not thread-safe.
 */
final class MessageReader {
    private static final int PIECE = 1024;

    /** What the client sent: a whole text, or a control frame. */
    sealed interface Incoming {}

    record Text(String text) implements Incoming {}

    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Ping(byte[] payload) implements Incoming {}

    record Pong() implements Incoming {}

    record Close(CloseStatus status) implements Incoming {}

    /** A fragment that does not end its message. */
    record Part() implements Incoming {}

    /** A message of which a part has been received. */
    private static final class Started {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final Utf8Validator check = new Utf8Validator();
    }

    private final InputStream in;
    private final int maxMessage;
    private @Nullable Started message;

    MessageReader(InputStream in, int maxMessage) {
        this.in = in;
        this.maxMessage = maxMessage;
    }

    /**
     * Reads one frame.
     *
     * @throws EOFException if the client disconnected
     */
    Incoming next() throws IOException, WebSocketFault {
        FrameHeader header = FrameHeader.read(in);
        return switch (header.opcode()) {
            case PING -> new Ping(payload(header));
            case PONG -> {
                payload(header);
                yield new Pong();
            }
            case CLOSE -> new Close(CloseStatus.parse(payload(header)));
            case BINARY ->
                throw message == null
                        ? new WebSocketFault(UNSUPPORTED, "binary messages are not supported")
                        : unfinished();
            case TEXT -> {
                if (message != null) {
                    throw unfinished();
                }
                yield data(header, new Started());
            }
            case CONTINUATION -> {
                if (message == null) {
                    throw new WebSocketFault(PROTOCOL_ERROR, "a continuation has no first frame");
                }
                yield data(header, message);
            }
        };
    }

    private static WebSocketFault unfinished() {
        return new WebSocketFault(PROTOCOL_ERROR, "a message starts before the last one is complete");
    }

    private byte[] payload(FrameHeader header) throws IOException {
        byte[] payload = in.readNBytes((int) header.length());
        if (payload.length < header.length()) {
            throw new EOFException("the client disconnected");
        }
        header.unmask(payload, 0, payload.length, 0);
        return payload;
    }

    private Incoming data(FrameHeader header, Started joined) throws IOException, WebSocketFault {
        if (header.length() > maxMessage - joined.bytes.size()) {
            throw new WebSocketFault(TOO_BIG, "a message is longer than " + maxMessage + " bytes");
        }
        byte[] piece = new byte[(int) Math.min(PIECE, header.length())];
        for (long done = 0; done < header.length(); ) {
            int read = in.read(piece, 0, (int) Math.min(piece.length, header.length() - done));
            if (read < 0) {
                throw new EOFException("the client disconnected");
            }
            header.unmask(piece, 0, read, done);
            if (!joined.check.accept(piece, 0, read)) {
                throw new WebSocketFault(INVALID_TEXT, "a text is not valid UTF-8");
            }
            joined.bytes.write(piece, 0, read);
            done += read;
        }
        if (!header.last()) {
            message = joined;
            return new Part();
        }
        message = null;
        if (!joined.check.complete()) {
            throw new WebSocketFault(INVALID_TEXT, "a text ends in the middle of a character");
        }
        return new Text(joined.bytes.toString(UTF_8));
    }
}
