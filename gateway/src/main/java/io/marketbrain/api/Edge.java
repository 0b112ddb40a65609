package io.marketbrain.api;

import io.marketbrain.api.mounting.MountAddress;
import io.marketbrain.api.mounting.MountPoint;
import io.marketbrain.api.rendering.Response;
import io.marketbrain.api.request.PathPrefix;
import io.marketbrain.api.request.RawRequest;
import io.marketbrain.http.HttpHandler;
import io.marketbrain.http.HttpLimits;
import io.marketbrain.http.HttpServer;
import io.marketbrain.http.message.ServerRequest;
import io.marketbrain.http.message.ServerResponse;
import io.marketbrain.http.tls.ServerTls;
import io.marketbrain.http.tls.TlsConfigException;
import io.marketbrain.model.NanoClock;
import io.marketbrain.pipeline.LayerReport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The HTTP server in front of the API. Starts on construction; {@link #close} stops it. */
public final class Edge implements AutoCloseable {
    /** Served even at the limit of concurrent requests, so that a busy gateway is not taken for a dead one. */
    private static final Set<String> PROBES = Set.of("/health", "/health/live", "/health/ready");

    private final HttpServer server;
    private final Map<String, HttpServer> mounted = new LinkedHashMap<>();
    private final List<MountPoint> mounts;
    private final HttpLimits limits;

    /** @throws BindFailure if the port is in use or the address does not belong to this machine */
    public Edge(ServerConfig config, Api api, NanoClock nanoClock, InstantSource clock) {
        this(config, Optional.empty(), api, nanoClock, clock);
    }

    /**
     * @param tls the TLS configuration; empty for plain HTTP
     * @throws BindFailure if the port is in use or the address does not belong to this machine
     */
    public Edge(ServerConfig config, Optional<ServerTls> tls, Api api, NanoClock nanoClock, InstantSource clock) {
        this.limits = config.limits();
        this.server = listening(config, config.port(), tls, new ApiHandler(api, Optional.empty()), nanoClock, clock);
        this.mounts = api.mounts();
        for (MountPoint mount : mounts) {
            mount.port().ifPresent(port -> {
                var handler = new ApiHandler(api, Optional.of(mount));
                mounted.put(mount.prefix(), listeningOrClosed(config, port, tls, handler, nanoClock, clock));
            });
        }
    }

    private HttpServer listeningOrClosed(
            ServerConfig config,
            int port,
            Optional<ServerTls> tls,
            ApiHandler handler,
            NanoClock nanoClock,
            InstantSource clock) {
        try {
            return listening(config, port, tls, handler, nanoClock, clock);
        } catch (BindFailure failure) {
            close();
            throw failure;
        }
    }

    private static HttpServer listening(
            ServerConfig config,
            int port,
            Optional<ServerTls> tls,
            ApiHandler handler,
            NanoClock nanoClock,
            InstantSource clock) {
        var address = new InetSocketAddress(config.host(), port);
        Set<String> open = handler.mount().isEmpty() ? probes(handler.api().prefix()) : Set.of();
        try {
            return new HttpServer(address, config.limits(), tls, open, handler, nanoClock, clock);
        } catch (IOException e) {
            throw new BindFailure(config.host(), port, e);
        }
    }

    /** The paths of probes, with and without the prefix of a reverse proxy. */
    private static Set<String> probes(PathPrefix prefix) {
        Set<String> paths = new HashSet<>(PROBES);
        PROBES.forEach(probe -> paths.add(prefix.before(probe)));
        return paths;
    }

    /**
     * Loads TLS as configured; empty for plain HTTP.
     *
     * @throws BindFailure if its certificate or key cannot be used
     */
    public static Optional<ServerTls> tls(ServerConfig config, NanoClock nanoClock) {
        if (config.tls().isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ServerTls(config.tls().get(), nanoClock));
        } catch (TlsConfigException unusable) {
            throw new BindFailure("cannot start TLS: " + unusable.words());
        }
    }

    public int port() {
        return server.port();
    }

    /** The ports and host names of mounted APIs. */
    public List<MountAddress> mountAddresses() {
        List<MountAddress> addresses = new ArrayList<>();
        mounted.forEach((prefix, itsServer) ->
                addresses.add(new MountAddress(prefix, Optional.of(itsServer.port()), Optional.empty())));
        for (MountPoint mount : mounts) {
            mount.host()
                    .ifPresent(host ->
                            addresses.add(new MountAddress(mount.prefix(), Optional.empty(), Optional.of(host))));
        }
        return addresses;
    }

    /** The number of clients connected now. */
    public int openConnections() {
        return server.openConnections();
    }

    /** The server's counters, as the outermost layer. */
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

    /** Stops the server after requests in flight have finished, or after {@link HttpLimits#stopGrace}. */
    @Override
    public void close() {
        mounted.values().forEach(HttpServer::close);
        server.close();
    }

    /** Adapts the API, or a mounted one at a port of its own, to a server. */
    private record ApiHandler(Api api, Optional<MountPoint> mount) implements HttpHandler {
        @Override
        public ServerResponse answer(ServerRequest request) {
            var raw = new RawRequest(
                    request.method(),
                    request.path(),
                    request.query(),
                    name -> request.headers().find(name),
                    request.body());
            return toHttpAnswer(mount.isPresent() ? api.answer(raw, mount) : api.answer(raw));
        }

        @Override
        public ServerResponse refuse(int status, String detail) {
            return toHttpAnswer(api.refuse(status, detail));
        }

        private static ServerResponse toHttpAnswer(Response reply) {
            return new ServerResponse(reply.status(), reply.headers(), reply.body());
        }
    }
}
