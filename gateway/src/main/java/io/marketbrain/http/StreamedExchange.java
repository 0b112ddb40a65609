package io.marketbrain.http;

import io.marketbrain.http.Connection.After;
import io.marketbrain.http.Connection.Phase;
import io.marketbrain.http.Connection.Step;
import io.marketbrain.http.ResponseHeadWriter.Persistence;
import io.marketbrain.http.message.Body;
import io.marketbrain.http.message.PushedBody;
import io.marketbrain.http.message.PushedProtocol;
import io.marketbrain.http.message.RequestHead;
import io.marketbrain.http.message.ServerResponse;
import io.marketbrain.http.message.UpgradedProtocol;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The part of a connection that sends responses while they are produced, and serves another protocol that the connection changes to:
 * on the connection's thread, or without one, by handing the connection to the {@link PushLoop}. Used by the connection's thread,
 * except where a method says otherwise.
 */
final class StreamedExchange {
    private final HttpServer server;
    private final Connection connection;
    private final PlainChannel line;
    private final RequestBuffer inbox;
    private final DisconnectWatch presence;
    private final ResponseSender sender;
    private volatile Body.@Nullable Stream stream;
    private volatile @Nullable UpgradedProtocol protocol;
    private volatile @Nullable PushHandover handover;

    StreamedExchange(
            HttpServer server,
            Connection connection,
            PlainChannel line,
            RequestBuffer inbox,
            DisconnectWatch presence,
            ResponseSender sender) {
        this.server = server;
        this.connection = connection;
        this.line = line;
        this.inbox = inbox;
        this.presence = presence;
        this.sender = sender;
    }

    /** Sends a response while it is produced. */
    After send(ServerResponse answer, Body.Stream produced, RequestHead head) throws IOException {
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

    /** Changes to another protocol until that ends; then the connection is closed. */
    After change(ServerResponse answer, Body.Upgrade upgrade, RequestHead head) throws IOException {
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
            var opened = upgrade.open(new UpgradedSocket(server, connection, inbox, presence, this::sendPiece));
            protocol = opened;
            connection.enter(Phase.UPGRADED);
            opened.run();
        }
        endChanged();
        return After.CLOSE;
    }

    /** Whether the {@link PushLoop} could serve the connection: neither TLS nor another thread uses its socket. */
    private boolean needsNoThread() {
        return !(line instanceof TlsChannel) && line.socket().getChannel() != null && presence.stopReader();
    }

    /** Has the loop send a body; afterwards another thread serves the connection. */
    private void handOver(Body.Stream produced, PushedStream body, StreamPermit place, boolean last)
            throws IOException {
        stream = produced;
        connection.enter(Phase.STREAM);
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

    private void handOver(Body.Upgrade upgrade, StreamPermit permit) throws IOException {
        PushedConnection pushed = pushedConnection(Phase.UPGRADED);
        UpgradedProtocol opened = upgrade.open(new PushedSocket(server, pushed));
        protocol = opened;
        connection.enter(Phase.UPGRADED);
        handOver(pushed, opened.findPushed().orElseThrow(), permit, () -> {
            endChanged();
            return false;
        });
    }

    private PushedConnection pushedConnection(Phase phase) {
        return new PushedConnection(server.push(), line.socket().getChannel(), new PushedConnection.Owner() {
            @Override
            public void waiting(boolean forClient) {
                connection.enter(forClient ? Phase.WRITE : phase);
            }

            @Override
            public void takeBack() {
                var _ = server.readers().start(connection::serveAgain);
            }
        });
    }

    private void handOver(PushedConnection pushed, PushedProtocol served, StreamPermit permit, Step next)
            throws IOException {
        handover = new PushHandover(pushed, served, permit, next);
        try {
            pushed.begin(served, inbox.takeAll());
        } catch (IOException refused) {
            handover = null;
            try (permit) {
                served.close();
            }
            throw refused;
        }
    }

    /** Ends what the loop has served; whether requests follow. */
    boolean takeBack() throws IOException {
        PushHandover ended = Objects.requireNonNull(handover);
        handover = null;
        try (var _ = ended.permit()) {
            ended.protocol().close();
        }
        Throwable failure = ended.connection().failure();
        if (failure != null) {
            throw server.endedEarly(failure, false);
        }
        boolean more = ended.next().run();
        connection.enter(Phase.IDLE);
        return more;
    }

    /**
     * Writes a stream to its end. A stream that fails gets no final chunk, so that the client does not take it for
     * complete.
     */
    private void produce(Body.Stream produced, StreamOutput out, boolean closeDelimited) throws IOException {
        presence.startStream();
        stream = produced;
        connection.enter(Phase.STREAM);
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
        connection.writePiece(bytes, from, length);
        connection.enter(protocol == null ? Phase.STREAM : Phase.UPGRADED);
    }

    /** Ends another protocol, so that the client gets what was sent last. */
    private void endChanged() throws IOException {
        connection.enter(Phase.LINGER);
        line.endOutput();
        inbox.drain();
    }

    /** Checks the time limits of the protocol that the connection has changed to. Safe from any thread. */
    void checkProtocol() {
        UpgradedProtocol running = protocol;
        if (running != null) {
            running.checkTimeLimits();
        }
    }

    /** Tells the stream or protocol that is using the connection, if any, that the server is stopping. Safe from any thread. */
    void stop() {
        Body.Stream sent = stream;
        UpgradedProtocol running = protocol;
        if (sent != null) {
            sent.stop();
        }
        if (running != null) {
            running.stop();
        }
    }

    /** Whether a response is being produced. Safe from any thread. */
    boolean isProducing() {
        return stream != null;
    }

    /** Lets the loop notice that the connection was closed, if it has it. Safe from any thread. */
    void wake() {
        PushHandover handed = handover;
        if (handed != null) {
            handed.connection().wake();
        }
    }
}
