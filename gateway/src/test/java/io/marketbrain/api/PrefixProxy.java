package io.marketbrain.api;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A reverse proxy that publishes a gateway below a path prefix and serves nothing else, as an administrator would set up
 * nginx or Caddy. Records the paths of requests outside the prefix.
 */
final class PrefixProxy implements AutoCloseable {
    private static final Set<String> HOP_BY_HOP =
            Set.of("host", "connection", "content-length", "transfer-encoding", "upgrade", "http2-settings", "expect");

    private final String prefix;
    private final int gateway;
    private final boolean stripping;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    private final WebSocketTunnel tunnel;

    final List<String> outside = new CopyOnWriteArrayList<>();

    /** @param stripping whether the prefix is removed before a request is passed on */
    PrefixProxy(String prefix, int gateway, boolean stripping) throws IOException {
        this.prefix = prefix;
        this.gateway = gateway;
        this.stripping = stripping;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
        tunnel = new WebSocketTunnel(prefix, gateway, server.getAddress().getPort());
    }

    int port() {
        return tunnel.port();
    }

    String origin() {
        return "http://127.0.0.1:" + port();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String target = exchange.getRequestURI().toString();
            if (!target.startsWith(prefix + "/") && !target.equals(prefix)) {
                outside.add(target);
                exchange.sendResponseHeaders(404, -1);
            } else if (stripping && target.equals(prefix)) {
                exchange.getResponseHeaders().set("Location", prefix + "/");
                exchange.sendResponseHeaders(301, -1);
            } else {
                pass(exchange, stripping ? target.substring(prefix.length()) : target);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void pass(HttpExchange exchange, String target) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway + target))
                .method(
                        exchange.getRequestMethod(),
                        HttpRequest.BodyPublishers.ofByteArray(
                                exchange.getRequestBody().readAllBytes()));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        var response = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        response.headers().map().forEach((name, values) -> {
            if (!HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT))) {
                exchange.getResponseHeaders().put(name, values);
            }
        });
        byte[] body = response.body();
        exchange.sendResponseHeaders(response.statusCode(), body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() throws IOException {
        tunnel.close();
        server.stop(0);
        threads.close();
        client.close();
    }
}
