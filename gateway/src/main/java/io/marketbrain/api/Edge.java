package io.marketbrain.api;

import io.marketbrain.api.http.HttpAnswer;
import io.marketbrain.api.http.HttpHandler;
import io.marketbrain.api.http.HttpLimits;
import io.marketbrain.api.http.HttpRequest;
import io.marketbrain.api.http.HttpServer;
import io.marketbrain.api.tls.Tls;
import io.marketbrain.api.tls.Unusable;
import io.marketbrain.model.Ticker;
import io.marketbrain.pipeline.LayerReport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The HTTP server in front of the API. Starts on construction; {@link #close} stops it. */
public final class Edge implements AutoCloseable {
    /** Answered even when all places are taken: a gateway that is busy is alive. */
    private static final Set<String> PROBES = Set.of("/health", "/health/live", "/health/ready");

    private final HttpServer server;
    private final HttpLimits limits;

    /** @throws CannotListen if the port is taken or the address is not this machine's */
    public Edge(ServerConfig config, Api api, Ticker ticker, InstantSource clock) {
        this(config, Optional.empty(), api, ticker, clock);
    }

    /**
     * @param tls what clients speak through; empty for HTTP in the clear
     * @throws CannotListen if the port is taken or the address is not this machine's
     */
    public Edge(ServerConfig config, Optional<Tls> tls, Api api, Ticker ticker, InstantSource clock) {
        var address = new InetSocketAddress(config.host(), config.port());
        this.limits = config.limits();
        try {
            this.server = new HttpServer(address, config.limits(), tls, PROBES, new Served(api), ticker, clock);
        } catch (IOException e) {
            throw new CannotListen(config.host(), config.port(), e);
        }
    }

    /**
     * TLS as the settings have it; empty for HTTP in the clear.
     *
     * @throws CannotListen if its certificate or key cannot be used
     */
    public static Optional<Tls> tls(ServerConfig config, Ticker ticker) {
        if (config.tls().isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Tls(config.tls().get(), ticker));
        } catch (Unusable unusable) {
            throw new CannotListen("cannot speak TLS: " + unusable.words());
        }
    }

    public int port() {
        return server.port();
    }

    /** The number of clients connected now. */
    public int openConnections() {
        return server.openConnections();
    }

    /** What the server says of itself, as the outermost layer. */
    public LayerReport report() {
        return new LayerReport(
                "request",
                "server",
                server.working() >= limits.maxRequests() ? "full" : "ok",
                server.entered(),
                server.refused(),
                Map.ofEntries(
                        Map.entry("connections", (long) server.openConnections()),
                        Map.entry("connections_most", (long) limits.maxConnections()),
                        Map.entry("working", (long) server.working()),
                        Map.entry("places", (long) limits.maxRequests()),
                        Map.entry("refused", server.refused()),
                        Map.entry("gone", server.gone()),
                        Map.entry("streams", (long) server.streaming()),
                        Map.entry("streams_most", (long) limits.maxStreams()),
                        Map.entry("streams_refused", server.streamsRefused()),
                        Map.entry("streams_failed", server.streamsFailed()),
                        Map.entry("streams_cut", server.streamsCut())));
    }

    /** Stops: requests in flight are finished, within the time that the limits give them. */
    @Override
    public void close() {
        server.close();
    }

    /** The API as the server sees it. */
    private record Served(Api api) implements HttpHandler {
        @Override
        public HttpAnswer answer(HttpRequest request) {
            return carried(api.answer(new Incoming(
                    request.method(),
                    request.path(),
                    request.query(),
                    name -> request.headers().find(name),
                    request.body())));
        }

        @Override
        public HttpAnswer refuse(int status, String detail) {
            return carried(api.refuse(status, detail));
        }

        private static HttpAnswer carried(Reply reply) {
            return new HttpAnswer(reply.status(), reply.headers(), reply.body());
        }
    }
}
