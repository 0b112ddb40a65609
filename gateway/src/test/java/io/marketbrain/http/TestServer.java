package io.marketbrain.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.marketbrain.http.message.Headers;
import io.marketbrain.http.message.ServerRequest;
import io.marketbrain.http.message.ServerResponse;
import io.marketbrain.http.tls.ServerTls;
import io.marketbrain.model.NanoClock;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A server on a free loopback port with a clock that the test controls. */
final class TestServer implements AutoCloseable {
    static final Instant NOW = Instant.parse("2024-02-03T04:05:06Z");

    final AtomicInteger handled = new AtomicInteger();
    private final AtomicLong nanos = new AtomicLong();
    private final HttpServer server;

    TestServer(Function<ServerRequest, ServerResponse> handler) throws Exception {
        this(handler, _ -> {});
    }

    TestServer(Function<ServerRequest, ServerResponse> handler, Consumer<HttpLimitsBuilder> change) throws Exception {
        this(handler, change, null);
    }

    /** TLS with the clock that the test controls. */
    interface TlsMaker {
        ServerTls make(NanoClock nanoClock) throws Exception;
    }

    TestServer(
            Function<ServerRequest, ServerResponse> handler, Consumer<HttpLimitsBuilder> change, @Nullable TlsMaker tls)
            throws Exception {
        var limits = new HttpLimitsBuilder();
        change.accept(limits);
        var counting = new HttpHandler() {
            @Override
            public ServerResponse answer(ServerRequest request) {
                handled.incrementAndGet();
                return handler.apply(request);
            }

            @Override
            public ServerResponse refuse(int status, String detail) {
                return new ServerResponse(
                        status, new Headers().put("Content-Type", "text/plain"), detail.getBytes(UTF_8));
            }
        };
        server = new HttpServer(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                limits.build(),
                tls == null ? Optional.empty() : Optional.of(tls.make(nanos::get)),
                Set.of("/health"),
                counting,
                nanos::get,
                InstantSource.fixed(NOW));
    }

    /** Responds with a description of the request. */
    static ServerResponse echo(ServerRequest request) {
        String query = request.query().isEmpty() ? "" : "?" + request.query();
        return text(request.method() + " " + request.path() + query + " " + new String(request.body(), UTF_8));
    }

    static ServerResponse text(String body) {
        return new ServerResponse(200, new Headers().put("Content-Type", "text/plain"), body.getBytes(UTF_8));
    }

    RawClient connect() throws Exception {
        return new RawClient(port());
    }

    int port() {
        return server.port();
    }

    HttpServer server() {
        return server;
    }

    void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    /** Waits for a condition that other threads cause. */
    static void until(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("it never came about");
            }
            Thread.sleep(5);
        }
    }

    /** Ends everything at once. */
    @Override
    public void close() {
        nanos.addAndGet(Duration.ofHours(1).toNanos());
        server.close();
    }
}
