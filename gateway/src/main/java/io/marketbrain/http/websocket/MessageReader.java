package io.marketbrain.http.websocket;

import static io.marketbrain.http.websocket.CloseStatus.INVALID_TEXT;
import static io.marketbrain.http.websocket.CloseStatus.PROTOCOL_ERROR;
import static io.marketbrain.http.websocket.CloseStatus.TOO_BIG;
import static io.marketbrain.http.websocket.CloseStatus.UNSUPPORTED;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads frames and joins fragments to messages (RFC 6455, 5.4), from bytes in the pieces in which they arrive. Text is checked as it
 * arrives, so wrong bytes and messages that are too long are rejected before the client has sent the rest. That and all further
 * messages are then discarded; control frames are still read. Not thread-safe.
 */
final class MessageReader {
    /** What the client sent: a whole text, or a control frame. */
    sealed interface Incoming {}

    record Text(String text) implements Incoming {}

    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Ping(byte[] payload) implements Incoming {}

    record Pong() implements Incoming {}

    record Close(CloseStatus status) implements Incoming {}

    /** A fragment that does not end its message, or a frame that is discarded. */
    record Part() implements Incoming {}

    /** A message of which a part has been received. */
    private static final class Started {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final Utf8Validator check = new Utf8Validator();
    }

    /** A frame whose payload is arriving. */
    private static final class Frame {
        private final FrameHeader header;
        private final @Nullable ByteArrayOutputStream payload;
        private final @Nullable Utf8Validator check;
        private long received;

        /**
         * @param payload null if it is discarded
         * @param check of the text that the payload belongs to; null for a control frame
         */
        Frame(FrameHeader header, @Nullable ByteArrayOutputStream payload, @Nullable Utf8Validator check) {
            this.header = header;
            this.payload = payload;
            this.check = check;
        }

        boolean complete() {
            return received == header.length();
        }

        void take(ByteBuffer in) throws WebSocketFault {
            int some = (int) Math.min(in.remaining(), header.length() - received);
            int from = in.arrayOffset() + in.position();
            if (payload != null) {
                header.unmask(in.array(), from, some, received);
                if (check != null && !check.accept(in.array(), from, some)) {
                    throw WebSocketFault.ofMessage(INVALID_TEXT, "a text is not valid UTF-8");
                }
                payload.write(in.array(), from, some);
            }
            received += some;
            in.position(in.position() + some);
        }

        /** The rest of the frame, to be discarded. */
        Frame discarded() {
            var rest = new Frame(header, null, null);
            rest.received = received;
            return rest;
        }

        byte[] bytes() {
            return payload == null ? new byte[0] : payload.toByteArray();
        }
    }

    private final FrameHeaderReader headers = new FrameHeaderReader();
    private final int maxMessage;
    private @Nullable Started message;
    private @Nullable Frame frame;
    private boolean discarding;

    MessageReader(int maxMessage) {
        this.maxMessage = maxMessage;
    }

    /**
     * Takes bytes up to the end of the next frame; null if it is not complete when all are taken.
     *
     * @param in has an array, in which payloads are unmasked
     */
    @Nullable
    Incoming next(ByteBuffer in) throws WebSocketFault {
        try {
            return read(in);
        } catch (WebSocketFault fault) {
            discarding = true;
            message = null;
            frame = frame == null ? null : frame.discarded();
            throw fault;
        }
    }

    private @Nullable Incoming read(ByteBuffer in) throws WebSocketFault {
        while (frame == null && in.hasRemaining()) {
            FrameHeader header = headers.next(in.get() & 0xff);
            if (header != null) {
                frame = new Frame(header, null, null); // which is discarded unless it may start
                if (!discarding || header.opcode().control()) {
                    frame = started(header);
                }
            }
        }
        if (frame == null) {
            return null;
        }
        Frame arriving = frame;
        arriving.take(in);
        if (!arriving.complete()) {
            return null;
        }
        frame = null;
        return ended(arriving);
    }

    private Frame started(FrameHeader header) throws WebSocketFault {
        return switch (header.opcode()) {
            case PING, PONG, CLOSE -> new Frame(header, new ByteArrayOutputStream((int) header.length()), null);
            case BINARY ->
                throw message == null
                        ? WebSocketFault.ofMessage(UNSUPPORTED, "binary messages are not supported")
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

    private Frame data(FrameHeader header, Started joined) throws WebSocketFault {
        if (header.length() > maxMessage - joined.bytes.size()) {
            throw WebSocketFault.ofMessage(TOO_BIG, "a message is longer than " + maxMessage + " bytes");
        }
        message = joined;
        return new Frame(header, joined.bytes, joined.check);
    }

    private Incoming ended(Frame ended) throws WebSocketFault {
        return switch (ended.header.opcode()) {
            case PING -> new Ping(ended.bytes());
            case PONG -> new Pong();
            case CLOSE -> new Close(CloseStatus.parse(ended.bytes()));
            case TEXT, CONTINUATION, BINARY -> {
                if (!ended.header.last() || ended.payload == null) {
                    yield new Part();
                }
                message = null;
                if (ended.check != null && !ended.check.complete()) {
                    throw WebSocketFault.ofMessage(INVALID_TEXT, "a text ends in the middle of a character");
                }
                yield new Text(new String(ended.bytes(), UTF_8));
            }
        };
    }
}
