package io.marketbrain.api.http;

import io.marketbrain.api.tls.Tls;
import io.marketbrain.model.Ticker;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * An HTTP/1.1 server with {@link HttpLimits}: one virtual thread a connection, one handler for all requests. Serves
 * from its construction to {@link #close}. Thread-safe.
 */
public final class HttpServer implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(HttpServer.class.getName());
    private static final Duration LOOK_AGAIN = Duration.ofMillis(10);

    private final HttpLimits limits;
    private final Optional<Tls> tls;
    private final HttpHandler handler;
    private final Ticker ticker;
    private final Permits permits;
    private final Permits streams;
    private final StreamCounts streamCounts = new StreamCounts();
    private final HeldBytes heldBytes;
    private final AnswerHeads answerHeads;
    private final ServerSocket listener = new ServerSocket();
    private final Thread acceptor;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final LongAdder entered = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder gone = new LongAdder();
    private volatile boolean stopping;
    private volatile boolean stopped;

    /** A server of HTTP in the clear. */
    public HttpServer(
            InetSocketAddress address,
            HttpLimits limits,
            Set<String> exempt,
            HttpHandler handler,
            Ticker ticker,
            InstantSource clock)
            throws IOException {
        this(address, limits, Optional.empty(), exempt, handler, ticker, clock);
    }

    /**
     * @param tls what clients speak through; empty for HTTP in the clear
     * @param exempt paths that are answered even when all places are taken
     * @throws IOException if the address cannot be listened on
     */
    public HttpServer(
            InetSocketAddress address,
            HttpLimits limits,
            Optional<Tls> tls,
            Set<String> exempt,
            HttpHandler handler,
            Ticker ticker,
            InstantSource clock)
            throws IOException {
        this.limits = limits;
        this.tls = tls;
        this.handler = handler;
        this.ticker = ticker;
        this.permits = new Permits(limits.maxRequests(), exempt);
        this.streams = new Permits(limits.maxStreams(), Set.of());
        this.heldBytes = new HeldBytes(limits.maxHeld());
        this.answerHeads = new AnswerHeads(clock);
        try {
            listener.bind(address, limits.maxConnections());
        } catch (IOException e) {
            listener.close();
            throw e;
        }
        int room = OpenFiles.roomFor(limits.maxConnections());
        if (room < limits.maxConnections()) {
            LOG.log(Level.WARNING, "only " + room + " clients may be connected: the system allows no more open files");
        }
        this.acceptor = Thread.ofPlatform().name("http-accept").start(new Acceptor(this, listener, room, ticker));
        Thread.ofPlatform().name("http-watchdog").daemon().start(new Watchdog(this, ticker));
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** The number of clients connected now. */
    public int openConnections() {
        return connections.size();
    }

    /** How many requests arrived whole and well-formed. */
    public long entered() {
        return entered.sum();
    }

    /** How many of those were turned away because all places were taken. */
    public long refused() {
        return refused.sum();
    }

    /** How many requests are worked on now, those to exempt paths aside. */
    public int working() {
        return limits.maxRequests() - permits.free();
    }

    /** How many clients went away while their request was worked on. */
    public long gone() {
        return gone.sum();
    }

    /** How many streamed responses are being sent now; they are not among those worked on. */
    public int streaming() {
        return limits.maxStreams() - streams.free();
    }

    /** How many responses were not streamed because too many others were. */
    public long streamsRefused() {
        return streamCounts.refused.sum();
    }

    /** How many streams ended early because what produces them failed. */
    public long streamsFailed() {
        return streamCounts.failed.sum();
    }

    /** How many streams ended early because the client went away or read too slowly, or the server stopped. */
    public long streamsCut() {
        return streamCounts.cut.sum();
    }

    void countGone() {
        gone.increment();
    }

    /** Stops: takes in nobody new, lets requests and streams in flight finish for the {@link HttpLimits#stopGrace}, cuts the rest. */
    @Override
    public void close() {
        long start = ticker.nanos();
        stopping = true;
        closeListener();
        while (anyInFlight() && ticker.nanos() - start < limits.stopGrace().toNanos() && pause(LOOK_AGAIN)) {
            // Those in flight need another moment.
        }
        connections.forEach(Connection::giveUp);
        stopped = true;
    }

    /** Closes the listening socket; it goes on to let clients in until the acceptor has noticed. */
    private void closeListener() {
        try {
            listener.close();
            acceptor.join();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "the listening socket did not close", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether a request is in flight; connections without one are closed in passing. */
    private boolean anyInFlight() {
        boolean any = false;
        for (Connection connection : connections) {
            if (connection.phase() == Connection.Phase.IDLE || connection.phase() == Connection.Phase.HANDSHAKE) {
                connection.cut();
            } else {
                connection.endStream();
                any = true;
            }
        }
        return any;
    }

    /** Sleeps; false if it was woken by an interrupt. */
    static boolean pause(Duration time) {
        try {
            Thread.sleep(time);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The answer to a request, from the handler if there is a place for it. */
    HttpAnswer answer(HttpRequest request) {
        entered.increment();
        Permits.Permit permit = permits.tryEnter(request.path());
        if (permit == null) {
            refused.increment();
            return refuse(503, "all " + limits.maxRequests() + " places are taken, try again");
        }
        try (permit) {
            return handler.answer(request);
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError bug) {
            LOG.log(Level.ERROR, "a request failed", bug);
            return refuse(500, "the gateway made a mistake");
        }
    }

    HttpAnswer refuseStream() {
        streamCounts.refused.increment();
        return refuse(503, "all " + limits.maxStreams() + " places for streamed responses are taken, try again");
    }

    /**
     * What ends the connection of a stream that has not come to its end. An {@link IOException} of the producer is in the
     * log already; anything else it threw is a bug, and logged here.
     *
     * @param clientLeft whether the client is why
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

    HttpAnswer refuse(int status, String detail) {
        return handler.refuse(status, detail);
    }

    void closed(Connection connection) {
        connections.remove(connection);
    }

    Collection<Connection> connections() {
        return connections;
    }

    Line line(Socket socket) throws IOException {
        return tls.isPresent() ? new SecretLine(socket, tls.get()) : new Line(socket);
    }

    Duration handshakeTimeout() {
        return tls.map(on -> on.config().handshakeTimeout()).orElse(limits.headTimeout());
    }

    /** How many clients may be agreeing on keys at a time. */
    int mostHandshakes() {
        return tls.map(on -> on.config().handshakes()).orElse(Integer.MAX_VALUE);
    }

    HttpLimits limits() {
        return limits;
    }

    Permits permits() {
        return permits;
    }

    Permits streams() {
        return streams;
    }

    StreamCounts streamCounts() {
        return streamCounts;
    }

    HeldBytes heldBytes() {
        return heldBytes;
    }

    AnswerHeads answerHeads() {
        return answerHeads;
    }

    boolean stopping() {
        return stopping;
    }

    boolean stopped() {
        return stopped;
    }
}
