package io.marketbrain.api.http;

import io.marketbrain.model.Ticker;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Lets clients in. When there is no room, or the operating system has no descriptor left, the client that has kept the
 * server waiting longest makes room; a new client sends its request long before its turn comes.
 */
final class Acceptor implements Runnable {
    private static final System.Logger LOG = System.getLogger(Acceptor.class.getName());
    private static final Duration REST = Duration.ofMillis(20);
    private static final Set<Connection.Phase> WAITING = EnumSet.of(
            Connection.Phase.HANDSHAKE,
            Connection.Phase.IDLE,
            Connection.Phase.HEAD,
            Connection.Phase.BODY,
            Connection.Phase.LINGER);
    private static final Set<Connection.Phase> HANDSHAKE = EnumSet.of(Connection.Phase.HANDSHAKE);

    private final HttpServer server;
    private final ServerSocket listener;
    private final int room;
    private final Ticker ticker;
    private boolean failing;

    Acceptor(HttpServer server, ServerSocket listener, int room, Ticker ticker) {
        this.server = server;
        this.listener = listener;
        this.room = room;
        this.ticker = ticker;
    }

    @Override
    public void run() {
        while (!server.stopping()) {
            try {
                admit(listener.accept());
                failing = false;
            } catch (IOException e) {
                if (!server.stopping()) {
                    overcome(e);
                }
            }
        }
    }

    private void admit(Socket socket) throws IOException {
        try {
            boolean free = server.openConnections() < room || makeRoom(WAITING);
            if (free) {
                socket.setTcpNoDelay(true);
                makeRoomForHandshake();
                var connection = new Connection(server, server.line(socket), ticker);
                server.connections().add(connection);
                Thread.startVirtualThread(connection);
            } else {
                socket.close();
            }
        } catch (IOException e) {
            socket.close(); // reset before it was let in
        }
    }

    /** Makes room, rests, and goes on: an acceptor that gave up would be the end of the server. */
    private void overcome(IOException e) {
        makeRoom(WAITING);
        HttpServer.pause(REST);
        if (!failing) {
            failing = true;
            // Elsewhere, because what is short here may be just what the log needs.
            Thread.startVirtualThread(
                    () -> LOG.log(Level.WARNING, "a connection could not be accepted: " + e.getMessage()));
        }
    }

    /** Agreeing on keys costs time of the processor, so only so many clients may be doing it. */
    private void makeRoomForHandshake() {
        int most = server.mostHandshakes();
        if (most < server.openConnections()
                && server.connections().stream()
                                .filter(connection -> HANDSHAKE.contains(connection.phase()))
                                .count()
                        >= most) {
            makeRoom(HANDSHAKE);
        }
    }

    private boolean makeRoom(Set<Connection.Phase> phases) {
        Optional<Connection> longest = server.connections().stream()
                .filter(connection -> phases.contains(connection.phase()))
                .min(Comparator.comparingLong(Connection::since));
        longest.ifPresent(connection -> {
            connection.cut();
            server.closed(connection);
        });
        return longest.isPresent();
    }
}
