package io.marketbrain.http;

import io.marketbrain.http.ResponseHeadWriter.Persistence;
import io.marketbrain.http.message.Body;
import io.marketbrain.http.message.HttpRejection;
import io.marketbrain.http.message.PushedBody;
import io.marketbrain.http.message.PushedProtocol;
import io.marketbrain.http.message.RequestHead;
import io.marketbrain.http.message.ServerRequest;
import io.marketbrain.http.message.ServerResponse;
import io.marketbrain.http.message.UpgradedProtocol;
import io.marketbrain.model.NanoClock;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One client connection: reads a request, sends the response, and repeats. Runs on its own virtual thread; the {@link
 * ConnectionWatchdog} closes it when a phase takes too long.
 */
final class Connection {
    /** How long to wait for the reader thread of a connection that has been closed. */
    private static final Duration READER_END = Duration.ofSeconds(5);

    /** What a thread of the connection does first, or after a request. */
    private enum After {
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
    private volatile Phase phase;
    private volatile long since;
    private volatile boolean late;
    private volatile Body.@Nullable Stream stream;
    private volatile @Nullable UpgradedProtocol protocol;
    private volatile @Nullable PushHandover handover;
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
                return change(answer, upgrade, head);
            }
            if (answer.body() instanceof Body.Stream produced
                    && answer.hasBody()
                    && !head.method().equals("HEAD")) {
                return sendStream(answer, produced, head);
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

    private After sendStream(ServerResponse answer, Body.Stream produced, RequestHead head) throws IOException {
        boolean last = head.http10() || !head.keepAlive() || server.stopping();
        var place = produced.longLived() ? StreamPermit.longLived(server) : StreamPermit.tryTake(server);
        if (place == null) {
            sender.send(server.refuseStream(), last ? Persistence.CLOSE : Persistence.DEFAULT, true);
            return After.request(last);
        }
        After after = After.CLOSE;
        try {
            sender.write(server.answerHeads()
                    .streamHead(answer, last ? Persistence.CLOSE : Persistence.DEFAULT, !head.http10()));
            Optional<PushedBody> pushed = produced.findPushed();
            if (pushed.isPresent() && needsNoThread()) {
                after = After.HANDED_OVER;
                var body = new PushedStream(
                        pushed.get(), !head.http10(), inbox, server.push().chunk());
                handOver(produced, body, place, last);
                return after;
            }
            int piece = produced.longLived() ? StreamOutput.SMALL_PIECE : StreamOutput.PIECE;
            produce(produced, new StreamOutput(this::sendPiece, !head.http10(), piece), head.http10());
            return After.request(last);
        } finally {
            if (after != After.HANDED_OVER) {
                place.close();
            }
        }
    }

    /** Whether the {@link PushLoop} could serve the connection: neither TLS nor another thread uses its socket. */
    private boolean needsNoThread() {
        return !(line instanceof TlsChannel) && line.socket().getChannel() != null && presence.stopReader();
    }

    /** Has the loop send a body; afterwards another thread serves the connection. */
    private void handOver(Body.Stream produced, PushedStream body, StreamPermit place, boolean last)
            throws IOException {
        stream = produced;
        enter(Phase.STREAM);
        if (server.stopping()) {
            produced.stop();
        }
        handOver(pushedConnection(Phase.STREAM), body, place, () -> {
            stream = null;
            if (body.isDisconnected()) {
                server.countDisconnect();
                throw server.endedEarly(new IOException("the client disconnected"), true);
            }
            return !last;
        });
    }

    private PushedConnection pushedConnection(Phase phase) {
        return new PushedConnection(server.push(), line.socket().getChannel(), new PushedConnection.Owner() {
            @Override
            public void waiting(boolean forClient) {
                enter(forClient ? Phase.WRITE : phase);
            }

            @Override
            public void takeBack() {
                var _ = server.readers().start(Connection.this::serveAgain);
            }
        });
    }

    private void handOver(PushedConnection connection, PushedProtocol pushed, StreamPermit permit, Step next)
            throws IOException {
        handover = new PushHandover(connection, pushed, permit, next);
        try {
            connection.begin(pushed, inbox.takeAll());
        } catch (IOException refused) {
            handover = null;
            try (permit) {
                pushed.close();
            }
            throw refused;
        }
    }

    /** Serves the connection after the loop. */
    private boolean serveAgain() {
        PushHandover ended = Objects.requireNonNull(handover);
        handover = null;
        return serve(() -> {
            try (var _ = ended.permit()) {
                ended.protocol().close();
            }
            Throwable failure = ended.connection().failure();
            if (failure != null) {
                throw server.endedEarly(failure, false);
            }
            boolean more = ended.next().run();
            enter(Phase.IDLE);
            return more;
        });
    }

    /**
     * Writes a stream to its end. A stream that fails gets no final chunk, so that the client does not take it for
     * complete.
     */
    private void produce(Body.Stream produced, StreamOutput out, boolean closeDelimited) throws IOException {
        presence.startWork();
        stream = produced;
        enter(Phase.STREAM);
        try {
            if (server.stopping()) {
                produced.stop();
            }
            produced.writeTo(out);
            out.finish();
        } catch (Throwable e) {
            if (closeDelimited) {
                line.resetWhenCut();
            }
            throw server.endedEarly(e, out.broken() || presence.disconnected());
        } finally {
            stream = null;
            presence.endWork();
        }
    }

    private void sendPiece(byte[] bytes, int from, int length) throws IOException {
        writePiece(bytes, from, length);
        enter(protocol == null ? Phase.STREAM : Phase.UPGRADED);
    }

    /** Changes to another protocol until that ends; then the connection is closed. */
    private After change(ServerResponse answer, Body.Upgrade upgrade, RequestHead head) throws IOException {
        if (head.http10()) { // which must ignore Upgrade (RFC 9110, 7.8)
            sender.send(server.refuse(400, "changing the protocol requires HTTP/1.1"), Persistence.CLOSE, true);
            return After.CLOSE;
        }
        sender.write(server.answerHeads().head(answer, Persistence.DEFAULT, 0));
        StreamPermit permit = StreamPermit.longLived(server);
        if (upgrade.isPushed() && needsNoThread()) {
            handOver(upgrade, permit);
            return After.HANDED_OVER;
        }
        try (permit) {
            var opened = upgrade.open(new UpgradedSocket(server, this, inbox, presence, this::sendPiece));
            protocol = opened;
            enter(Phase.UPGRADED);
            opened.run();
        }
        endChanged();
        return After.CLOSE;
    }

    private void handOver(Body.Upgrade upgrade, StreamPermit permit) throws IOException {
        PushedConnection connection = pushedConnection(Phase.UPGRADED);
        UpgradedProtocol opened = upgrade.open(new PushedSocket(server, connection));
        protocol = opened;
        enter(Phase.UPGRADED);
        handOver(connection, opened.findPushed().orElseThrow(), permit, () -> {
            endChanged();
            return false;
        });
    }

    /** Ends another protocol, so that the client gets what was sent last. */
    private void endChanged() throws IOException {
        enter(Phase.LINGER);
        line.endOutput();
        inbox.drain();
    }

    /** Checks the time limits of the protocol that the connection has changed to. */
    void checkProtocol() {
        UpgradedProtocol running = protocol;
        if (running != null) {
            running.checkTimeLimits();
        }
    }

    /** Tells the stream or protocol that is using the connection, if any, that the server is stopping. */
    void endStream() {
        Body.Stream sent = stream;
        UpgradedProtocol running = protocol;
        if (sent != null) {
            sent.stop();
        }
        if (running != null) {
            running.stop();
        }
    }

    private void writePiece(byte[] bytes, int from, int length) throws IOException {
        enter(Phase.WRITE);
        out.write(bytes, from, length);
    }

    private void enter(Phase next) {
        since = nanoClock.nanos();
        phase = next;
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
        if (stream != null) {
            presence.interruptWorker();
        }
    }

    /** Closes the connection whatever it is doing. Safe from any thread, never blocks. */
    void cut() {
        line.cut();
        PushHandover handed = handover;
        if (handed != null) {
            handed.connection().wake();
        }
    }
}
