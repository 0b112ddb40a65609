package io.marketbrain.api;

import io.avaje.jex.Jex;
import io.avaje.jex.http.Context;
import io.marketbrain.model.CallId;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Ticker;
import io.marketbrain.pipeline.Catalogue;
import io.marketbrain.pipeline.MarketDataSource;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The HTTP server: the only class that knows which one it is. Starts on construction; {@link #close} stops it. */
public final class Edge implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Edge.class.getName());

    private final Jex.Server server;
    private final Supplier<CallId> callIds;

    public Edge(
            ServerConfig config,
            MarketDataSource source,
            Catalogue catalogue,
            Ticker ticker,
            Supplier<CallId> callIds) {
        this.callIds = callIds;
        var data = new DataEndpoints(source, catalogue, ticker);
        Jex jex = Jex.create();
        jex.config(c -> c.host(config.host()).port(config.port()).health(false));
        route(jex, "/api/v1/data/{provider}/{symbol}", data::quote);
        route(jex, "/api/v1/candles/{provider}/{symbol}", data::candles);
        route(jex, "/api/v1/book/{provider}/{symbol}", data::book);
        route(jex, "/api/v1/trades/{provider}/{symbol}", data::trades);
        this.server = jex.start();
    }

    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.shutdown();
    }

    private void route(Jex jex, String path, Endpoint endpoint) {
        jex.get(path, context -> serve(context, endpoint));
    }

    private void serve(Context context, Endpoint endpoint) {
        CallId callId = Optional.ofNullable(context.header("X-Request-Id"))
                .filter(CallId::isValid)
                .map(CallId::new)
                .orElseGet(callIds);
        Reply reply;
        try {
            reply = endpoint.answer(new Request(
                    context.method(),
                    context.path(),
                    context.pathParamMap(),
                    query(context.exchange().getRequestURI()),
                    name -> Optional.ofNullable(context.header(name)),
                    callId));
        } catch (Rejected rejected) {
            reply = Problems.reply(rejected.failure(), callId);
        } catch (RuntimeException bug) {
            LOG.log(System.Logger.Level.ERROR, "call " + callId + " failed", bug);
            reply = Problems.reply(new Failure.Bug(callId), callId);
        }
        reply.with("X-Request-Id", callId.value());
        context.status(reply.status());
        reply.headers().forEach((name, value) -> context.header(name, value));
        context.write(reply.body());
    }

    private static Map<String, List<String>> query(URI uri) {
        var query = new LinkedHashMap<String, List<String>>();
        String raw = uri.getRawQuery();
        if (raw != null) {
            for (String pair : raw.split("&", -1)) {
                if (!pair.isEmpty()) {
                    int equals = pair.indexOf('=');
                    String name = equals < 0 ? pair : pair.substring(0, equals);
                    String value = equals < 0 ? "" : pair.substring(equals + 1);
                    query.computeIfAbsent(decode(name), _ -> new ArrayList<>()).add(decode(value));
                }
            }
        }
        return query;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
