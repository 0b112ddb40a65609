package io.marketbrain.http.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.marketbrain.http.message.UpgradedConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket of a client. {@link #receive} is for the thread of {@link WebSocketHandler#serve}; everything else is
 * thread-safe. Pings, time limits and the closing handshake are taken care of, as long as the handler keeps receiving. A
 * {@link WebSocketPush} does not receive: what the client sends is given to it.
 */
public final class WebSocketSession {
    /** That the session ends, and since when. */
    private record Ending(CloseStatus status, long since) {}

    /** Bytes that are read at once. */
    private static final int PIECE = 1024;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final WebSocketConfig config;
    private final UpgradedConnection connection;
    private final MessageReader reader;
    private final ReentrantLock output = new ReentrantLock();
    private final AtomicReference<@Nullable Ending> ending = new AtomicReference<>();
    private volatile long lastFrame;
    private volatile boolean pinged;
    private boolean closeSent; // guarded by output
    private boolean inputEnded; // used by the receiving thread only
    private ByteBuffer input = NOTHING; // used by the receiving thread only

    WebSocketSession(WebSocketConfig config, UpgradedConnection connection) {
        this.config = config;
        this.connection = connection;
        this.reader = new MessageReader(config.maxMessage());
        this.lastFrame = connection.nanos();
    }

    /**
     * Waits for the next text message; empty once the session has ended, whatever the reason ({@link #findStatus}). What
     * arrives after {@link #close} is discarded. A client that sends faster than this is called has to wait.
     */
    public Optional<String> receive() {
        while (!inputEnded) {
            Optional<String> text = receive(input);
            if (text.isPresent()) {
                return text;
            }
            if (!inputEnded) {
                read();
            }
        }
        return Optional.empty();
    }

    private void read() {
        if (input.capacity() == 0) {
            input = ByteBuffer.allocate(PIECE).limit(0);
        }
        try {
            int read = connection.in().read(input.array(), 0, PIECE);
            if (read < 0) {
                disconnected();
            }
            input.position(0).limit(Math.max(0, read));
        } catch (IOException broken) {
            disconnected();
        }
    }

    /** The client has disconnected, or was. */
    void disconnected() {
        abort("the client disconnected");
        inputEnded = true;
    }

    /** Whether nothing more is received. */
    boolean inputEnded() {
        return inputEnded;
    }

    /** Takes bytes that the client sent up to its next text message; empty if there is none when all are taken. */
    Optional<String> receive(ByteBuffer bytes) {
        while (!inputEnded) {
            try {
                MessageReader.Incoming incoming = reader.next(bytes);
                if (incoming == null) {
                    return Optional.empty();
                }
                Optional<String> text = handle(incoming);
                if (text.isPresent()) {
                    return text;
                }
            } catch (WebSocketFault fault) {
                begin(fault.status());
                if (fault.isOfMessage()) {
                    sendClose(fault.status()); // the rest is discarded until the client confirms the end
                } else {
                    endInput(fault.status());
                }
            } catch (IOException gone) {
                disconnected();
            }
        }
        return Optional.empty();
    }

    private Optional<String> handle(MessageReader.Incoming incoming) throws IOException {
        lastFrame = connection.nanos();
        pinged = false;
        switch (incoming) {
            case MessageReader.Text(String text) -> {
                return ending.get() == null ? Optional.of(text) : Optional.empty();
            }
            case MessageReader.Ping(byte[] payload) -> sendControl(Opcode.PONG, payload);
            case MessageReader.Close(CloseStatus status) -> {
                begin(status);
                endInput(new CloseStatus(status.code(), ""));
            }
            case MessageReader.Pong _, MessageReader.Part _ -> {}
        }
        return Optional.empty();
    }

    /** Sends one text message, like {@link #send(List)}. */
    public void send(String text) throws IOException {
        send(List.of(text.getBytes(UTF_8)));
    }

    /**
     * Sends text messages with one write; each must be UTF-8. Blocks while the client does not read and while another
     * thread sends.
     *
     * @throws IOException if the session has ended, or the client does not read 64 KiB within the server's write time
     *     limit and was disconnected
     */
    public void send(List<byte[]> texts) throws IOException {
        int size = 0;
        for (byte[] text : texts) {
            size += FrameEncoder.size(text);
        }
        byte[] frames = new byte[size];
        int end = 0;
        for (byte[] text : texts) {
            end = FrameEncoder.put(Opcode.TEXT, text, frames, end);
        }
        output.lock();
        try {
            if (closeSent || ending.get() != null) {
                throw new IOException("the WebSocket is closed");
            }
            write(frames);
        } finally {
            output.unlock();
        }
    }

    /**
     * Ends the session with a code and a reason, unless it is ending already. Returns at once; {@link #receive} returns
     * empty when the client has confirmed, or after {@link WebSocketConfig#closeTimeout}.
     *
     * @throws IllegalArgumentException if the code must not be sent
     */
    public void close(int code, String reason) {
        if (!CloseStatus.mayBeSent(code)) {
            throw new IllegalArgumentException("not a close code that may be sent: " + code);
        }
        var status = new CloseStatus(code, reason);
        if (begin(status)) {
            connection.start(() -> sendClose(status));
        }
    }

    /** Whether the session has not begun to end. */
    public boolean open() {
        return ending.get() == null;
    }

    /** Why the session ends or has ended; empty while it is open. */
    public Optional<CloseStatus> findStatus() {
        return Optional.ofNullable(ending.get()).map(Ending::status);
    }

    /** Ends the session, unless it is ending already, on the thread that sends. */
    void end(CloseStatus status) {
        if (begin(status)) {
            sendClose(status);
        }
    }

    /** Ends the session and waits until the client has confirmed, or was disconnected. */
    void finish(int code, String reason) {
        var status = new CloseStatus(code, reason);
        end(status);
        while (receive().isPresent()) {
            // What arrives before the confirmation is discarded.
        }
        sendClose(status); // waits for a thread that is sending, and lets none send from here on
    }

    /** Sends a ping to a silent client, and disconnects one that does not answer it, or does not confirm the end. */
    void checkTimeLimits() {
        long now = connection.nanos();
        Ending begun = ending.get();
        long silence = now - lastFrame;
        if (begun != null) {
            if (now - begun.since() >= config.closeTimeout().toNanos()) {
                connection.cut();
            }
        } else if (silence >= 2 * config.ping().toNanos()) {
            abort("the client does not answer pings");
        } else if (silence >= config.ping().toNanos() && !pinged) {
            pinged = true;
            connection.start(this::sendPing);
        }
    }

    /** Runs a task that may block on a thread of its own. */
    void startBlocking(Runnable task) {
        connection.startBlocking(task);
    }

    private boolean begin(CloseStatus status) {
        return ending.compareAndSet(null, new Ending(status, connection.nanos()));
    }

    private void abort(String reason) {
        begin(new CloseStatus(CloseStatus.ABNORMAL, reason));
        connection.cut();
    }

    private void endInput(CloseStatus answer) {
        inputEnded = true;
        sendClose(answer);
    }

    private void sendPing() {
        try {
            sendControl(Opcode.PING, new byte[0]);
        } catch (IOException gone) {
            // The receiving thread notices it as well.
        }
    }

    private void sendControl(Opcode opcode, byte[] payload) throws IOException {
        output.lock();
        try {
            if (!closeSent) {
                write(FrameEncoder.frame(opcode, payload));
            }
        } finally {
            output.unlock();
        }
    }

    /** Sends a close frame unless one was sent; nothing is sent after it. */
    private void sendClose(CloseStatus status) {
        output.lock();
        try {
            if (!closeSent) {
                closeSent = true;
                write(FrameEncoder.frame(Opcode.CLOSE, status.payload()));
            }
        } catch (IOException gone) {
            // There is no one left to tell.
        } finally {
            output.unlock();
        }
    }

    private void write(byte[] frames) throws IOException {
        try {
            connection.write(frames, 0, frames.length);
        } catch (IOException gone) {
            abort("the client disconnected or reads too slowly");
            throw gone;
        }
    }
}
