package io.marketbrain.http;

import io.marketbrain.http.ResponseHeadWriter.Persistence;
import io.marketbrain.http.message.Body;
import io.marketbrain.http.message.HttpRejection;
import io.marketbrain.http.message.RequestHead;
import io.marketbrain.http.message.ServerRequest;
import io.marketbrain.http.message.ServerResponse;
import io.marketbrain.model.NanoClock;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/**
 * One client connection: reads a request, sends the response, and repeats. Runs on its own virtual thread; the {@link
 * ConnectionWatchdog} closes it when a phase takes too long.
 */
final class Connection {
    /** How long to wait for the reader thread of a connection that has been closed. */
    private static final Duration READER_END = Duration.ofSeconds(5);

    /** What a thread of the connection does after a request. */
    enum After {
        NEXT_REQUEST,
        CLOSE,
        /** The {@link PushLoop} has the connection. */
        HANDED_OVER;

        static After request(boolean last) {
            return last ? CLOSE : NEXT_REQUEST;
        }
    }

    /** What a thread of the connection does first. */
    interface Step {
        /** Whether requests follow. */
        boolean run() throws IOException;
    }

    /** The current activity, which determines its time limit. */
    enum Phase {
        HANDSHAKE,
        IDLE,
        HEAD,
        BODY,
        WORK,
        /** Between the parts of a streamed response. */
        STREAM,
        /** Another protocol is in use and nothing is being sent. */
        UPGRADED,
        WRITE,
        LINGER
    }

    private static final byte[] NOTHING = {};

    /** The number of requests of one client before its thread waits without yielding. */
    private static final int TURN = 8;

    private final HttpServer server;
    private final NanoClock nanoClock;
    private final PlainChannel line;
    private final RequestBuffer inbox;
    private final DisconnectWatch presence;
    private final OutputStream out;
    private final ResponseSender sender;
    private final StreamedExchange streamed;
    private volatile Phase phase;
    private volatile long since;
    private volatile boolean late;
    private int turn;

    Connection(HttpServer server, PlainChannel line, NanoClock nanoClock) throws IOException {
        this.server = server;
        this.line = line;
        this.nanoClock = nanoClock;
        this.since = nanoClock.nanos();
        this.phase = line instanceof TlsChannel ? Phase.HANDSHAKE : Phase.IDLE;
        this.inbox = new RequestBuffer(line.in(), server.limits(), server.bufferBudget());
        this.presence = new DisconnectWatch(line, inbox, server.readers(), server::countDisconnect);
        this.out = line.out();
        this.sender = new ResponseSender(server, this::writePiece);
        this.streamed = new StreamedExchange(server, this, line, inbox, presence, sender);
    }

    /** Serves the connection to its end, or until it needs no thread; whether nothing went wrong. */
    boolean serve() {
        return serve(this::open);
    }

    private boolean serve(Step first) {
        After after = After.CLOSE;
        try {
            after = After.request(!first.run());
            while (after == After.NEXT_REQUEST) {
                after = serveOne();
                if (after == After.NEXT_REQUEST) {
                    enter(Phase.IDLE);
                }
            }
            if (after == After.CLOSE) {
                enter(Phase.LINGER);
                line.sendClose();
            }
            return true;
        } catch (IOException gone) {
            after = After.CLOSE;
            return false; // the client disconnected or was cut off, so there is no one to send an error to
        } finally {
            if (after != After.HANDED_OVER) {
                cut();
                presence.awaitReader(READER_END);
                inbox.release();
                server.closed(this);
            }
        }
    }

    /** Performs the handshake, if there is one; false if the client was rejected. */
    private boolean open() throws IOException {
        try {
            line.open();
            if (phase == Phase.HANDSHAKE) {
                enter(Phase.IDLE);
            }
            return true;
        } catch (HttpRejection refusal) {
            refuse(refusal);
            return false;
        }
    }

    /** Serves one request. */
    private After serveOne() throws IOException {
        try {
            if (!presence.awaitReader(server.limits().keepAlive().plus(READER_END))) {
                return After.CLOSE;
            }
            yieldToOthers();
            if (!inbox.awaitRequest()) {
                return After.CLOSE;
            }
            enter(Phase.HEAD);
            RequestHead head = inbox.head();
            if (head.awaitsContinue() && head.length() <= server.limits().maxBody()) {
                sender.write(ResponseHeadWriter.CONTINUE);
            }
            byte[] body = body(head);
            phase = Phase.WORK; // keeps the time of the last phase, which is precise enough for the watchdog
            ServerResponse answer = work(new ServerRequest(
                    head.method(), head.target().path(), head.target().query(), head.headers(), body));
            if (answer.body() instanceof Body.Upgrade upgrade) {
                return streamed.change(answer, upgrade, head);
            }
            if (answer.body() instanceof Body.Stream produced
                    && answer.hasBody()
                    && !head.method().equals("HEAD")) {
                return streamed.send(answer, produced, head);
            }
            boolean last = !head.keepAlive() || server.stopping();
            Persistence persistence =
                    last ? Persistence.CLOSE : head.http10() ? Persistence.KEEP_ALIVE : Persistence.DEFAULT;
            sender.send(answer, persistence, !head.method().equals("HEAD"));
            return After.request(last);
        } catch (HttpRejection refusal) {
            refuse(late ? new HttpRejection(408, "the request took too long to arrive") : refusal);
            return After.CLOSE;
        }
    }

    private byte[] body(RequestHead head) throws IOException, HttpRejection {
        if (head.length() == 0) {
            return NOTHING;
        }
        enter(Phase.BODY);
        return BodyReader.read(head, inbox, server.limits());
    }

    /**
     * Yields to other connections, so that the client's next request has usually arrived when this thread continues,
     * which saves a blocking read. The scheduler polls for I/O of waiting threads, including those of new connections,
     * only when no thread is runnable, so after {@link #TURN} requests this thread stops yielding until a read blocks.
     */
    @SuppressWarnings("ThreadPriorityCheck") // yielding only saves time; nothing depends on it
    private void yieldToOthers() throws IOException {
        if (turn < TURN) {
            turn++;
            Thread.yield();
        } else if (!inbox.hasMore()) {
            turn = 0;
        }
    }

    private ServerResponse work(ServerRequest request) {
        presence.startWork();
        try {
            return server.answer(request);
        } finally {
            presence.endWork();
        }
    }

    /**
     * Sends the error response, persistence reads for a moment, because closing at once could reset the connection
     * before the client has read it.
     */
    private void refuse(HttpRejection refusal) throws IOException {
        inbox.release();
        ServerResponse answer = server.refuse(refusal.status(), refusal.detail());
        sender.send(answer, Persistence.CLOSE, true);
        enter(Phase.LINGER);
        if (!late) {
            line.endOutput();
            inbox.drain();
        }
    }

    /** Serves the connection after the {@link PushLoop}. */
    boolean serveAgain() {
        return serve(streamed::takeBack);
    }

    void writePiece(byte[] bytes, int from, int length) throws IOException {
        enter(Phase.WRITE);
        out.write(bytes, from, length);
    }

    void enter(Phase next) {
        since = nanoClock.nanos();
        phase = next;
    }

    /** The stream or other protocol that may be using the connection. */
    StreamedExchange streamed() {
        return streamed;
    }

    Phase phase() {
        return phase;
    }

    /** When the phase started, or shortly after, in {@link NanoClock} nanoseconds. */
    long since() {
        return since;
    }

    /** From now on, cancels the work when the client disconnects. */
    void watchForDisconnect() {
        presence.startReader();
    }

    /** Stops reading a request that takes too long, so that the client can still get an error response. */
    void endInput() {
        late = true;
        try {
            line.endInput();
        } catch (IOException e) {
            cut();
        }
    }

    /** Closes the connection and interrupts the producer of its stream. Safe from any thread, never blocks. */
    void abort() {
        cut();
        if (streamed.isProducing()) {
            presence.interruptWorker();
        }
    }

    /** Closes the connection whatever it is doing. Safe from any thread, never blocks. */
    void cut() {
        line.cut();
        streamed.wake();
    }
}
