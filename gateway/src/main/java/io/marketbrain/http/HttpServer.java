package io.marketbrain.http;

import io.marketbrain.concurrent.BackgroundLoop;
import io.marketbrain.concurrent.BackgroundLoop.Kind;
import io.marketbrain.concurrent.FailureLog;
import io.marketbrain.concurrent.TaskRunner;
import io.marketbrain.http.message.ServerRequest;
import io.marketbrain.http.message.ServerResponse;
import io.marketbrain.http.tls.ServerTls;
import io.marketbrain.model.NanoClock;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * An HTTP/1.1 server with {@link HttpLimits}: one virtual thread per connection, except for streams that need none (see {@link
 * PushLoop}), one handler for all requests. Serves from its construction to {@link #close}. Thread-safe.
 */
public final class HttpServer implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(HttpServer.class.getName());
    private static final Duration POLL_INTERVAL = Duration.ofMillis(10);
    /** How long to wait for the acceptor once its socket is closed. */
    private static final Duration ACCEPTOR_END = Duration.ofSeconds(5);

    private final HttpLimits limits;
    private final Optional<ServerTls> tls;
    private final HttpHandler handler;
    private final NanoClock nanoClock;
    private final RequestPermits permits;
    private final RequestPermits streams;
    private final StreamCounts streamCounts = new StreamCounts();
    private final BufferBudget bufferBudget;
    private final ResponseHeadWriter answerHeads;
    private final ServerSocket listener = ServerSocketChannel.open().socket();
    private final BackgroundLoop acceptor;
    private final BackgroundLoop watchdog;
    private final TaskRunner readers;
    private final PushLoop push;
    private final FailureLog failures;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final LongAdder entered = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder gone = new LongAdder();
    private volatile boolean stopping;
    private volatile boolean stopped;

    /** Starts a server for plain HTTP. */
    public HttpServer(
            InetSocketAddress address,
            HttpLimits limits,
            Set<String> exempt,
            HttpHandler handler,
            NanoClock nanoClock,
            InstantSource clock)
            throws IOException {
        this(address, limits, Optional.empty(), exempt, handler, nanoClock, clock);
    }

    /**
     * @param tls the TLS configuration; empty for plain HTTP
     * @param exempt paths that are served even at the limit of concurrent requests
     * @throws IOException if the address cannot be listened on
     */
    public HttpServer(
            InetSocketAddress address,
            HttpLimits limits,
            Optional<ServerTls> tls,
            Set<String> exempt,
            HttpHandler handler,
            NanoClock nanoClock,
            InstantSource clock)
            throws IOException {
        this.limits = limits;
        this.tls = tls;
        this.handler = handler;
        this.nanoClock = nanoClock;
        this.permits = new RequestPermits(limits.maxRequests(), exempt);
        this.streams = new RequestPermits(limits.maxStreams(), Set.of());
        this.bufferBudget = new BufferBudget(limits.maxHeld());
        this.answerHeads = new ResponseHeadWriter(clock);
        this.readers = new TaskRunner("http-presence", nanoClock);
        this.push = new PushLoop(nanoClock);
        this.failures = new FailureLog(LOG, "a request failed", nanoClock);
        try {
            listener.bind(address, limits.maxConnections());
        } catch (IOException e) {
            listener.close();
            throw e;
        }
        int room = FileDescriptorLimit.roomFor(limits.maxConnections());
        if (room < limits.maxConnections()) {
            LOG.log(
                    Level.WARNING,
                    "connections are limited to " + room + ": the operating system allows no more open files");
        }
        var accepting = new Acceptor(this, listener, room, nanoClock);
        this.acceptor = new BackgroundLoop("http-accept", Kind.PLATFORM, nanoClock, accepting::acceptOne);
        var checking = new ConnectionWatchdog(this, nanoClock);
        this.watchdog = new BackgroundLoop("http-watchdog", Kind.DAEMON, nanoClock, checking::checkAll);
        acceptor.start();
        watchdog.start();
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** The number of clients connected now. */
    public int openConnections() {
        return connections.size();
    }

    /** How many of those have a long-lived stream or another protocol; {@link HttpLimits#maxConnections} ignores them. */
    public int longLived() {
        return streamCounts.longLived.get();
    }

    /** The number of complete, well-formed requests received. */
    public long entered() {
        return entered.sum();
    }

    /** How many of those were rejected at the limit of concurrent requests or of bytes held for responses. */
    public long refused() {
        return refused.sum();
    }

    /** The number of requests being handled now, except those to exempt paths. */
    public int working() {
        return limits.maxRequests() - permits.free();
    }

    /** How many clients disconnected while their request was handled. */
    public long gone() {
        return gone.sum();
    }

    /** The number of streamed responses being sent now; not included in {@link #working}. */
    public int streaming() {
        return limits.maxStreams() - streams.free();
    }

    /** How many streamed responses were rejected at their limit. */
    public long streamsRefused() {
        return streamCounts.refused.sum();
    }

    /** How many streams ended early because their producer failed. */
    public long streamsFailed() {
        return streamCounts.failed.sum();
    }

    /** How many streams ended early because the client disconnected or read too slowly, or the server stopped. */
    public long streamsCut() {
        return streamCounts.cut.sum();
    }

    void countDisconnect() {
        gone.increment();
    }

    /**
     * Stops the server: accepts no new connections, lets requests and streams in flight finish within {@link
     * HttpLimits#stopGrace}, then closes the rest.
     */
    @Override
    public void close() {
        long start = nanoClock.nanos();
        stopping = true;
        closeListener();
        while (anyInFlight() && nanoClock.nanos() - start < limits.stopGrace().toNanos() && pause(POLL_INTERVAL)) {
            // Wait for requests in flight.
        }
        connections.forEach(Connection::abort);
        stopped = true;
        push.close();
        watchdog.stop();
    }

    /** Closes the listening socket and waits for the acceptor, which may still accept connections until it notices. */
    private void closeListener() {
        try {
            listener.close();
            acceptor.stop();
            if (!acceptor.awaitEnd(ACCEPTOR_END)) {
                LOG.log(Level.WARNING, "the acceptor did not end");
            }
        } catch (IOException e) {
            LOG.log(Level.WARNING, "the listening socket did not close", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether a request is in flight; also closes idle connections and stops streams. */
    private boolean anyInFlight() {
        boolean any = false;
        for (Connection connection : connections) {
            if (connection.phase() == Connection.Phase.IDLE || connection.phase() == Connection.Phase.HANDSHAKE) {
                connection.cut();
            } else {
                connection.streamed().stop();
                any = true;
            }
        }
        return any;
    }

    /** Sleeps; false if interrupted. */
    private static boolean pause(Duration time) {
        try {
            Thread.sleep(time);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Handles a request, or rejects it at the limit of concurrent requests. */
    ServerResponse answer(ServerRequest request) {
        entered.increment();
        RequestPermits.Permit permit = permits.tryEnter(request.path());
        if (permit == null) {
            refused.increment();
            return refuse(503, "the limit of " + limits.maxRequests() + " concurrent requests is reached, try again");
        }
        try (permit) {
            return handler.answer(request);
        } catch (Throwable bug) {
            recordFailure(bug);
            return refuse(500, "an internal error occurred; the gateway's log has the details");
        }
    }

    ServerResponse refuseLarge() {
        refused.increment();
        return refuse(
                503, "large responses to other clients take all memory for them (server.max_buffered), try again");
    }

    ServerResponse refuseStream() {
        streamCounts.refused.increment();
        return refuse(
                503, "the limit of " + limits.maxStreams() + " concurrent streamed responses is reached, try again");
    }

    /**
     * The exception that closes the connection of an incomplete stream. The producer has already logged its {@link
     * IOException}; anything else it threw is a bug and logged here.
     *
     * @param clientLeft whether the client caused it
     */
    IOException endedEarly(Throwable cause, boolean clientLeft) {
        boolean cut = clientLeft || stopping;
        (cut ? streamCounts.cut : streamCounts.failed).increment();
        if (cause instanceof IOException expected) {
            return expected;
        }
        if (!cut) {
            LOG.log(Level.ERROR, "a streamed response failed", cause);
        }
        return new IOException("a streamed response failed", cause);
    }

    /** Logs an unexpected failure at a bounded rate. */
    void recordFailure(Throwable failure) {
        failures.record(failure);
    }

    ServerResponse refuse(int status, String detail) {
        return handler.refuse(status, detail);
    }

    void closed(Connection connection) {
        connections.remove(connection);
    }

    Collection<Connection> connections() {
        return connections;
    }

    PlainChannel line(Socket socket) throws IOException {
        return tls.isPresent() ? new TlsChannel(socket, tls.get()) : new PlainChannel(socket);
    }

    Duration handshakeTimeout() {
        return tls.map(on -> on.config().handshakeTimeout()).orElse(limits.headTimeout());
    }

    /** The maximum number of concurrent handshakes. */
    int maxHandshakes() {
        return tls.map(on -> on.config().handshakes()).orElse(Integer.MAX_VALUE);
    }

    /** Starts the threads that watch for disconnects. */
    TaskRunner readers() {
        return readers;
    }

    /** Serves the connections that need no thread of their own. */
    PushLoop push() {
        return push;
    }

    long nanos() {
        return nanoClock.nanos();
    }

    HttpLimits limits() {
        return limits;
    }

    RequestPermits permits() {
        return permits;
    }

    RequestPermits streams() {
        return streams;
    }

    StreamCounts streamCounts() {
        return streamCounts;
    }

    BufferBudget bufferBudget() {
        return bufferBudget;
    }

    ResponseHeadWriter answerHeads() {
        return answerHeads;
    }

    boolean stopping() {
        return stopping;
    }

    boolean stopped() {
        return stopped;
    }
}
