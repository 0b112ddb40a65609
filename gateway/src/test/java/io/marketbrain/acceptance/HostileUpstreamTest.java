package io.marketbrain.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.Gateway;
import io.marketbrain.api.ServerConfig;
import io.marketbrain.config.GatewayConfig;
import io.marketbrain.http.tls.TestCertificate;
import io.marketbrain.model.ProviderId;
import io.marketbrain.provider.PlaybackServer;
import io.marketbrain.provider.descriptor.ProviderConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A whole gateway in front of an upstream that misbehaves, over real sockets on both sides. */
class HostileUpstreamTest {
    private static final String QUOTE = "/api/v3/ticker/24hr";
    private static final byte[] BODY = """
            {"symbol":"BTCUSDT","lastPrice":"50123.45000000","bidPrice":"50123.44000000","bidQty":"1.0",
             "askPrice":"50123.46000000","askQty":"2.0","openPrice":"50000.0","highPrice":"51000.0","lowPrice":"49000.0",
             "volume":"1234.5","quoteVolume":"61000000.0","openTime":1700000000000,"closeTime":1700086400000,
             "firstId":1,"lastId":2,"count":2}""".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path state;

    private final PlaybackServer upstream = PlaybackServer.start();
    private final HttpClient client = HttpClient.newHttpClient();
    private Gateway gateway = start(upstream.url());

    private Gateway start(URI provider) {
        var config = GatewayConfig.defaults()
                .withServer(new ServerConfig("127.0.0.1", 0))
                .withProviders(Map.of(
                        new ProviderId("binance"),
                        new ProviderConfig(
                                ProviderConfig.WantedMode.LIVE,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(provider))));
        return new Gateway(state == null ? config : config.withState(state));
    }

    private void restart(URI provider) {
        gateway.close();
        gateway = start(provider);
    }

    @AfterEach
    void stop() {
        gateway.close();
        upstream.close();
        client.close();
    }

    private HttpResponse<String> get(String target) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + gateway.port() + target);
        return client.send(
                HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(30)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> quote(String timeout) throws IOException, InterruptedException {
        return get("/api/v1/data/binance/BTC/USDT?timeout=" + timeout);
    }

    static Stream<Arguments> misbehaviours() {
        return Stream.of(
                Arguments.of("hangs before the headers", PlaybackServer.hang(), 504, "deadline-passed"),
                Arguments.of("hangs in the body", PlaybackServer.hangInBody(BODY), 504, "deadline-passed"),
                Arguments.of(
                        "sends one byte a second",
                        PlaybackServer.drip(BODY, Duration.ofSeconds(1)),
                        504,
                        "deadline-passed"),
                Arguments.of("resets in the body", PlaybackServer.reset(BODY), 502, "upstream-unreachable"),
                Arguments.of("closes at once", PlaybackServer.hangUp(), 502, "upstream-unreachable"),
                Arguments.of("cuts the body short", PlaybackServer.cutShort(BODY), 502, "upstream-unreachable"),
                Arguments.of("fails", PlaybackServer.status(500, "{}"), 502, "upstream-faulty"),
                Arguments.of("sends HTML with 200", PlaybackServer.html(200), 502, "upstream-malformed"),
                Arguments.of("sends a gzip bomb", PlaybackServer.gzipBomb(64 << 20), 502, "upstream-malformed"),
                Arguments.of("never ends", PlaybackServer.endless(), 502, "upstream-malformed"),
                Arguments.of("does not use HTTP", PlaybackServer.raw("220 ftp ready\r\n"), 502, "upstream-malformed"),
                Arguments.of("sends a 429", PlaybackServer.status(429, "{}"), 429, "upstream-throttled"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("misbehaviours")
    void ends_within_the_deadline_with_the_right_problem(
            String how, PlaybackServer.Answer answer, int status, String type) throws Exception {
        restart(upstream.url());
        upstream.on(QUOTE, answer);
        long start = System.nanoTime();
        HttpResponse<String> response = quote("2");
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        assertThat(took).as(how).isLessThan(Duration.ofSeconds(4));
        assertThat(response.body()).as(how).contains("\"type\":\"/problems/" + type + "\"");
        assertThat(response.statusCode()).as(how).isEqualTo(status);
    }

    @Test
    void ends_within_the_deadline_where_a_connection_is_never_accepted() throws Exception {
        try (var full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            List<SocketChannel> waiting = new ArrayList<>();
            try {
                // Once the backlog is full, the kernel lets further connections hang.
                for (int i = 0; i < 8; i++) {
                    SocketChannel channel = SocketChannel.open();
                    waiting.add(channel);
                    channel.configureBlocking(false);
                    channel.connect(full.getLocalSocketAddress());
                }
                restart(URI.create("http://127.0.0.1:" + full.getLocalPort()));
                long start = System.nanoTime();
                assertThat(quote("2").body()).contains("/problems/deadline-passed");
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
            } finally {
                for (SocketChannel channel : waiting) {
                    channel.close();
                }
            }
        }
    }

    @Test
    void rejects_an_untrusted_certificate() throws Exception {
        SSLContext own = TestCertificate.make("EC", state).context();
        try (var server = (SSLServerSocket)
                own.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var accepting = Thread.ofVirtual().start(() -> {
                while (!server.isClosed()) {
                    try (var socket = server.accept()) {
                        assertThat(socket.getInputStream().read()).isNegative();
                    } catch (IOException refused) {
                        // the gateway hangs up on the certificate
                    }
                }
            });
            restart(URI.create("https://127.0.0.1:" + server.getLocalPort()));
            HttpResponse<String> response = quote("5");
            assertThat(response.statusCode()).isEqualTo(502);
            assertThat(response.body())
                    .contains("/problems/upstream-unreachable")
                    .contains("no secure connection");
            server.close();
            accepting.join();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("deaths")
    void calls_a_dead_provider_no_more_often_than_it_probes(String how, PlaybackServer.Answer answer) throws Exception {
        upstream.on(QUOTE, answer);
        try (var probing = TestGateway.live(state, "binance", upstream, "RESILIENCE_BREAKER_OPEN_FOR", "500ms")) {
            int asked = 0;
            while (!probing.layer("binance", "circuit-breaker")
                    .get("state")
                    .asString()
                    .equals("open")) {
                assertThat(asked).as(how).isLessThan(20);
                probing.get("/api/v1/data/binance/A" + asked++ + "/USDT?timeout=3");
            }
            upstream.forget();
            long start = System.nanoTime();
            Duration passed = Duration.ZERO;
            for (int i = 0; passed.compareTo(Duration.ofMillis(2500)) < 0; i++) {
                probing.get("/api/v1/data/binance/B" + i + "/USDT?timeout=3");
                passed = Duration.ofNanos(System.nanoTime() - start);
            }
            assertThat(upstream.asked(QUOTE))
                    .as(how + ": one probe each 500 ms at the most, and less and less often")
                    .hasSizeLessThanOrEqualTo(1 + (int) (passed.toMillis() / 500));
        }
    }

    static Stream<Arguments> deaths() {
        return Stream.of(
                Arguments.of("a burst of 500s", PlaybackServer.status(500, "{}")),
                Arguments.of("closed connections", PlaybackServer.hangUp()),
                Arguments.of("HTML", PlaybackServer.html(200)));
    }

    @Test
    void ends_within_the_deadline_where_connecting_or_tls_fails() throws Exception {
        try (var silent = new ServerSocket(0)) {
            restart(URI.create("http://127.0.0.1:" + silent.getLocalPort()));
            assertThat(quote("2").body()).contains("/problems/deadline-passed");
        }
        restart(URI.create("http://127.0.0.1:1"));
        assertThat(quote("2").body()).contains("/problems/upstream-unreachable");
        restart(URI.create("https://127.0.0.1:" + upstream.port()));
        assertThat(quote("2").statusCode()).isIn(502, 504);
    }

    @Test
    void names_the_provider_where_it_had_the_time_it_gets() throws Exception {
        restart(upstream.url());
        upstream.on(QUOTE, PlaybackServer.hang());
        HttpResponse<String> response = quote("25");
        assertThat(response.statusCode()).isEqualTo(504);
        assertThat(response.body()).contains("/problems/upstream-timeout").contains("\"provider\":\"binance\"");
    }

    @Test
    void makes_no_call_inside_a_retry_after_window_across_restarts() throws Exception {
        restart(upstream.url());
        upstream.on(QUOTE, PlaybackServer.reply(429, Map.of("Retry-After", "600"), new byte[0]));
        assertThat(quote("5").headers().firstValue("Retry-After")).hasValue("600");
        upstream.forget();
        upstream.on(QUOTE, PlaybackServer.json(BODY));
        for (int i = 0; i < 4; i++) {
            HttpResponse<String> refused = quote("5");
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(Long.parseLong(
                            refused.headers().firstValue("Retry-After").orElseThrow()))
                    .isBetween(500L, 600L);
            restart(upstream.url());
        }
        assertThat(upstream.asked()).as("not even for its list of symbols").isEmpty();
    }

    @Test
    void leaves_a_dead_provider_alone_and_comes_back_to_it() throws Exception {
        restart(upstream.url());
        upstream.on(QUOTE, PlaybackServer.hangUp());
        int open = 0;
        for (int i = 0; i < 60; i++) {
            // Each time another instrument: the cache remembers a failure for a while.
            HttpResponse<String> response = get("/api/v1/data/binance/A" + i + "/USDT");
            if (response.body().contains("/problems/circuit-open")) {
                open++;
                assertThat(response.statusCode()).isEqualTo(503);
                assertThat(response.headers().firstValue("Retry-After")).isPresent();
            }
        }
        assertThat(open).isGreaterThan(50);
        assertThat(upstream.asked(QUOTE)).hasSizeLessThan(10);

        upstream.on(QUOTE, PlaybackServer.json(BODY));
        HttpResponse<String> response = quote("5");
        for (int i = 0; i < 400 && response.statusCode() != 200; i++) {
            Thread.sleep(100);
            response = quote("5");
        }
        assertThat(response.body()).contains("\"price\":\"50123.45").contains("\"mock\":false");
    }

    @Test
    void rides_out_a_short_burst_of_failures_with_retries() throws Exception {
        restart(upstream.url());
        int[] calls = {0};
        upstream.on(QUOTE, (asked, line) -> {
            var answer = calls[0]++ < 2 ? PlaybackServer.status(503, "{}") : PlaybackServer.json(BODY);
            answer.send(asked, line);
        });
        assertThat(quote("5").statusCode()).isEqualTo(200);
        assertThat(calls[0]).isEqualTo(3);
    }
}
