package io.marketbrain.http;

import io.marketbrain.concurrent.BackgroundLoop;
import io.marketbrain.concurrent.TaskResult;
import io.marketbrain.concurrent.TaskRunner;
import io.marketbrain.model.NanoClock;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Accepts connections. When the connection limit is reached or the operating system has no file descriptor left, the
 * connection that has kept the server waiting longest is closed to make capacity, because a new client sends its
 * request at once.
 */
final class Acceptor {
    private static final System.Logger LOG = System.getLogger(Acceptor.class.getName());
    private static final Duration RETRY_DELAY = Duration.ofMillis(20);
    private static final Set<Connection.Phase> WAITING = EnumSet.of(
            Connection.Phase.HANDSHAKE,
            Connection.Phase.IDLE,
            Connection.Phase.HEAD,
            Connection.Phase.BODY,
            Connection.Phase.LINGER);
    private static final Set<Connection.Phase> HANDSHAKE = EnumSet.of(Connection.Phase.HANDSHAKE);

    private final HttpServer server;
    private final ServerSocket listener;
    private final int capacity;
    private final NanoClock nanoClock;
    private final TaskRunner threads;
    private boolean failing;

    Acceptor(HttpServer server, ServerSocket listener, int capacity, NanoClock nanoClock) {
        this.server = server;
        this.listener = listener;
        this.capacity = capacity;
        this.nanoClock = nanoClock;
        this.threads = new TaskRunner("http-connection", nanoClock);
    }

    /** Accepts one connection; a round of a {@link BackgroundLoop}. Blocks until there is one or the listener is closed. */
    Duration acceptOne() {
        if (server.stopping()) {
            return BackgroundLoop.END;
        }
        try {
            admit(listener.accept());
            failing = false;
            return Duration.ZERO;
        } catch (IOException e) {
            if (server.stopping()) {
                return BackgroundLoop.END;
            }
            recover(e);
            return RETRY_DELAY;
        }
    }

    private void admit(Socket socket) throws IOException {
        try {
            boolean free = server.openConnections() - server.longLived() < capacity || makeRoom(WAITING);
            if (free) {
                socket.setTcpNoDelay(true);
                makeRoomForHandshake();
                var connection = new Connection(server, server.line(socket), nanoClock);
                server.connections().add(connection);
                threads.start(UnaryOperator.identity(), connection::serve, result -> {
                    if (result instanceof TaskResult.Crashed<?>) {
                        connection.cut();
                        server.closed(connection);
                    }
                });
            } else {
                socket.close();
            }
        } catch (IOException e) {
            socket.close(); // reset before it was accepted
        } catch (Throwable e) {
            socket.close();
            throw e;
        }
    }

    /** Closes a connection to make room for the next attempt. */
    private void recover(IOException e) {
        makeRoom(WAITING);
        if (!failing) {
            failing = true;
            // On another thread, because the log may need the file descriptor that this thread lacks.
            var _ = threads.start(() -> {
                LOG.log(Level.WARNING, "a connection could not be accepted: " + e.getMessage());
                return true;
            });
        }
    }

    /** Limits the concurrent handshakes, because each costs CPU time. */
    private void makeRoomForHandshake() {
        int most = server.maxHandshakes();
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
