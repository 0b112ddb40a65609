package io.marketbrain.http.websocket;

import io.marketbrain.http.message.PushedProtocol;
import io.marketbrain.http.message.UpgradedConnection;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A WebSocket without a thread of its own. What its client says is handled on a thread that ends with the response. */
final class PushedWebSocket implements PushedProtocol {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final WebSocketSession session;
    private final UpgradedConnection connection;
    private final WebSocketPush.Opening opening;
    private @Nullable WebSocketPush push;
    private ByteBuffer input = NOTHING;
    private boolean answering;

    PushedWebSocket(WebSocketSession session, UpgradedConnection connection, WebSocketPush.Opening opening) {
        this.session = session;
        this.connection = connection;
        this.opening = opening;
    }

    @Override
    public void start(Runnable wake) {
        guarded(() -> push = opening.open(session, wake));
    }

    @Override
    public void received(ByteBuffer bytes) {
        input = bytes;
        advance();
        input = input.hasRemaining()
                ? ByteBuffer.wrap(Arrays.copyOfRange(input.array(), input.position(), input.limit()))
                : NOTHING;
    }

    @Override
    public boolean receives() {
        return !answering && !session.inputEnded();
    }

    @Override
    public void disconnected() {
        session.disconnected();
    }

    /** Handles what has been received, up to the next text, which is answered before anything after it is read. */
    private void advance() {
        while (receives() && input.hasRemaining()) {
            Optional<String> text = session.receive(input);
            if (text.isPresent() && push != null) {
                answering = true;
                WebSocketPush asked = push;
                connection.startBlocking(() -> answer(asked, text.get()));
            }
        }
    }

    private void answer(WebSocketPush asked, String text) {
        try {
            List<byte[]> answers = asked.receive(text);
            connection.start(() -> answered(answers));
        } catch (Throwable failure) {
            connection.start(() -> failed(failure));
        }
    }

    private void answered(List<byte[]> answers) {
        answering = false;
        guarded(() -> send(answers));
        advance();
    }

    private void send(List<byte[]> messages) throws IOException {
        if (!messages.isEmpty() && session.open()) {
            session.send(messages);
        }
    }

    @Override
    public void write(OutputStream out, int most) {
        if (push != null
                && !answering
                && session.open()) { // so that the response precedes the events of a subscription
            WebSocketPush polled = push;
            guarded(() -> send(polled.poll(most)));
        }
    }

    @Override
    public long nanosToWait() {
        return push == null || answering || !session.open()
                ? Long.MAX_VALUE
                : push.untilPoll().toNanos();
    }

    @Override
    public boolean ended() {
        return session.inputEnded();
    }

    @Override
    public void stop() {
        session.close(CloseStatus.GOING_AWAY, "the server is stopping");
    }

    @Override
    public void close() {
        if (push != null) {
            push.close();
        }
    }

    private interface Step {
        void run() throws IOException;
    }

    private void guarded(Step step) {
        try {
            step.run();
        } catch (Throwable failure) {
            failed(failure);
        }
    }

    private void failed(Throwable failure) {
        answering = false;
        if (session.open() || !(failure instanceof IOException)) {
            connection.recordFailure(failure);
        }
        session.end(new CloseStatus(CloseStatus.INTERNAL_ERROR, WebSocketProtocol.FAILED));
    }
}
