package io.marketbrain.api.http;

import io.marketbrain.api.http.AnswerHeads.Then;
import io.marketbrain.model.Ticker;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * One client: reads a request, has it answered, and again. Runs on a virtual thread of its own; the {@link Watchdog}
 * ends it from outside when the client outstays the phase it is in.
 */
final class Connection implements Runnable {
    /** What is being done, which decides how long it may take. */
    enum Phase {
        HANDSHAKE,
        IDLE,
        HEAD,
        BODY,
        WORK,
        /** Between the parts of a streamed response. */
        STREAM,
        WRITE,
        LINGER
    }

    private static final byte[] NOTHING = {};
    private static final int TOGETHER = 16_384;
    private static final int PIECE = 65_536;

    /** How many requests of one client are answered before it waits like everybody else. */
    private static final int TURN = 8;

    private final HttpServer server;
    private final Ticker ticker;
    private final Line line;
    private final Inbox inbox;
    private final Presence presence;
    private final OutputStream out;
    private volatile Phase phase;
    private volatile long since;
    private volatile boolean late;
    private volatile Body.@Nullable Stream stream;
    private int turn;

    Connection(HttpServer server, Line line, Ticker ticker) throws IOException {
        this.server = server;
        this.line = line;
        this.ticker = ticker;
        this.since = ticker.nanos();
        this.phase = line instanceof SecretLine ? Phase.HANDSHAKE : Phase.IDLE;
        this.inbox = new Inbox(line.in(), server.limits(), server.heldBytes());
        this.presence = new Presence(inbox, server::countGone);
        this.out = line.out();
    }

    @Override
    public void run() {
        try {
            if (open()) {
                while (serveOne()) {
                    enter(Phase.IDLE);
                }
            }
            enter(Phase.LINGER);
            line.sayGoodbye();
        } catch (IOException gone) {
            // The client went away or was cut off: there is nobody left to tell.
        } finally {
            cut();
            presence.settle();
            inbox.forget();
            server.closed(this);
        }
    }

    /** Whether client and server have agreed on how to speak. */
    private boolean open() throws IOException {
        try {
            line.open();
            if (phase == Phase.HANDSHAKE) {
                enter(Phase.IDLE);
            }
            return true;
        } catch (Refusal refusal) {
            refuse(refusal);
            return false;
        }
    }

    /** Serves one request; false when the connection is over. */
    private boolean serveOne() throws IOException {
        try {
            presence.settle();
            letOthersGoFirst();
            if (!inbox.awaitRequest()) {
                return false;
            }
            enter(Phase.HEAD);
            RequestHead head = inbox.head();
            if (head.awaitsContinue() && head.length() <= server.limits().maxBody()) {
                write(AnswerHeads.CONTINUE);
            }
            byte[] body = body(head);
            phase = Phase.WORK; // since the head came, or the body began: near enough for what waits on it
            HttpAnswer answer = work(new HttpRequest(
                    head.method(), head.target().path(), head.target().query(), head.headers(), body));
            if (answer.body() instanceof Body.Stream produced
                    && answer.hasBody()
                    && !head.method().equals("HEAD")) {
                return sendStream(answer, produced, head);
            }
            boolean last = !head.keepAlive() || server.stopping();
            Then then = last ? Then.CLOSED : head.http10() ? Then.KEPT : Then.OPEN;
            send(answer, then, !head.method().equals("HEAD"));
            return !last;
        } catch (Refusal refusal) {
            refuse(late ? new Refusal(408, "the request took too long to arrive") : refusal);
            return false;
        }
    }

    private byte[] body(RequestHead head) throws IOException, Refusal {
        if (head.length() == 0) {
            return NOTHING;
        }
        enter(Phase.BODY);
        return BodyReader.read(head, inbox, server.limits());
    }

    /**
     * Where many ask at once, others are served until this client has sent its next request, which saves a read in vain
     * and the wait that follows it. But the platform takes up threads that wait elsewhere, those of new clients among
     * them, only when nobody is ready here: so after some requests the turn is over, until the client lets it wait.
     */
    @SuppressWarnings("ThreadPriorityCheck") // who yields only saves time; nothing depends on it
    private void letOthersGoFirst() throws IOException {
        if (turn < TURN) {
            turn++;
            Thread.yield();
        } else if (!inbox.hasMore()) {
            turn = 0;
        }
    }

    private HttpAnswer work(HttpRequest request) {
        presence.workBegins();
        try {
            return server.answer(request);
        } finally {
            presence.workEnds();
        }
    }

    /** Says why, then listens for a moment: closing at once could destroy the answer on its way. */
    private void refuse(Refusal refusal) throws IOException {
        inbox.forget();
        HttpAnswer answer = server.refuse(refusal.status(), refusal.detail());
        send(answer, Then.CLOSED, true);
        enter(Phase.LINGER);
        if (!late) {
            line.endOutput();
            inbox.drain();
        }
    }

    /** Sends a response in parts as they are produced; false when the connection is over. */
    private boolean sendStream(HttpAnswer answer, Body.Stream produced, RequestHead head) throws IOException {
        try (var place = StreamPlace.tryTake(server)) {
            boolean last = head.http10() || !head.keepAlive() || server.stopping();
            if (place == null) {
                send(server.refuseStream(), last ? Then.CLOSED : Then.OPEN, true);
                return !last;
            }
            var out = new StreamOutput(this::sendPiece, !head.http10());
            write(server.answerHeads().streamHead(answer, last ? Then.CLOSED : Then.OPEN, !head.http10()));
            produce(produced, out, head.http10());
            return !last;
        }
    }

    /** Has a stream written to its end; one that fails gets no end, so that nobody takes it for complete. */
    private void produce(Body.Stream produced, StreamOutput out, boolean closeDelimited) throws IOException {
        presence.workBegins();
        stream = produced;
        enter(Phase.STREAM);
        try {
            if (server.stopping()) {
                produced.stop();
            }
            produced.writeTo(out);
            out.finish();
        } catch (IOException | RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
            if (closeDelimited) {
                line.resetWhenCut();
            }
            throw server.endedEarly(e, out.broken() || presence.gone());
        } finally {
            stream = null;
            presence.workEnds();
        }
    }

    private void sendPiece(byte[] bytes, int from, int length) throws IOException {
        enter(Phase.WRITE);
        out.write(bytes, from, length);
        enter(Phase.STREAM);
    }

    /** Tells a stream, if one is being sent, that the server stops. */
    void endStream() {
        Body.Stream sent = stream;
        if (sent != null) {
            sent.stop();
        }
    }

    private void send(HttpAnswer answer, Then then, boolean withBody) throws IOException {
        byte[] body = answer.body() instanceof Body.Bytes whole ? whole.bytes() : NOTHING;
        boolean bare = !withBody || !answer.hasBody();
        boolean together = !bare && body.length <= TOGETHER;
        byte[] head = server.answerHeads().head(answer, then, together ? body.length : 0);
        if (together) {
            System.arraycopy(body, 0, head, head.length - body.length, body.length);
        }
        if (bare || together) {
            write(head);
        } else {
            write(head);
            write(body);
        }
    }

    /** Sends bytes in pieces, each with a time limit of its own. */
    private void write(byte[] bytes) throws IOException {
        boolean large = bytes.length > PIECE;
        if (large && !server.heldBytes().tryHold(bytes.length)) {
            throw new IOException("too many large answers wait for slow readers");
        }
        try {
            for (int done = 0; done < bytes.length; done += PIECE) {
                enter(Phase.WRITE);
                out.write(bytes, done, Math.min(PIECE, bytes.length - done));
            }
        } finally {
            if (large) {
                server.heldBytes().release(bytes.length);
            }
        }
    }

    private void enter(Phase next) {
        since = ticker.nanos();
        phase = next;
    }

    Phase phase() {
        return phase;
    }

    /** When the phase began, or a moment later. */
    long since() {
        return since;
    }

    /** From now on the work ends when the client goes away. */
    void watchPresence() {
        presence.listen();
    }

    /** Ends the arrival of a request that takes too long, so that the client can still be told. */
    void endInput() {
        late = true;
        try {
            line.endInput();
        } catch (IOException e) {
            cut();
        }
    }

    /** Ends the connection, and what produces the stream that is sent through it. Safe from any thread, never blocks. */
    void giveUp() {
        cut();
        if (stream != null) {
            presence.giveUp();
        }
    }

    /** Ends the connection whatever it is doing. Safe from any thread, never blocks. */
    void cut() {
        line.cut();
    }
}
