package io.marketbrain.provider.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.marketbrain.model.Failure;
import io.marketbrain.model.Outcome;
import io.marketbrain.provider.PlaybackServer;
import io.marketbrain.provider.ProviderRequest;
import io.marketbrain.provider.RawPayload;
import io.marketbrain.provider.TestCalls;
import io.marketbrain.provider.descriptor.DescriptorReader;
import io.marketbrain.provider.descriptor.ProviderConfig;
import io.marketbrain.provider.descriptor.ProviderConfig.WantedMode;
import io.marketbrain.security.Secret;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The transport against a real socket whose other end may misbehave. */
@Timeout(60)
class HttpTransportTest {
    private static final Instant NOW = Instant.parse("2026-07-01T00:00:00Z");
    private static final byte[] BODY = "{\"price\":\"1.50\"}".getBytes(StandardCharsets.UTF_8);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String KEY = "planted-key-3f9a";

    private final PlaybackServer server = PlaybackServer.start();
    private final HttpConnections connections = new HttpConnections(TransportConfig.defaults());

    @AfterEach
    void stop() {
        connections.close();
        server.close();
    }

    @Test
    void returns_status_headers_and_body_as_sent() {
        server.on("/p", PlaybackServer.reply(429, Map.of("Retry-After", "7", "X-Weight", "12"), BODY));
        RawPayload raw = success(transport().exchange(ProviderRequest.get("/p"), TestCalls.patient()));
        assertThat(raw.status()).isEqualTo(429);
        assertThat(raw.findHeader("Retry-After")).contains("7");
        assertThat(raw.findHeader("x-weight")).contains("12");
        assertThat(raw.body()).isEqualTo(BODY);
        assertThat(raw.receivedAt()).isEqualTo(NOW);
    }

    @Test
    void says_who_it_is_and_what_it_can_read() {
        server.on("/p", PlaybackServer.json(BODY));
        success(transport().exchange(ProviderRequest.get("/p"), TestCalls.patient()));
        assertThat(server.asked().getFirst().headers())
                .containsEntry("user-agent", "MarketIntelBrain")
                .containsEntry("accept-encoding", "gzip")
                .doesNotContainKeys("upgrade", "http2-settings");
    }

    @Test
    void encodes_parameters_and_keeps_the_path_of_the_base_url() {
        server.on("/proxy/p", PlaybackServer.json(BODY));
        var request = ProviderRequest.get("/p").with("symbol", "Ä&b=c d/e?").with("limit", 5);
        URI base = URI.create(server.url() + "/proxy/");
        success(transport(base, Optional.empty()).exchange(request, TestCalls.patient()));
        assertThat(server.asked().getFirst().parameters())
                .containsEntry("symbol", "Ä&b=c d/e?")
                .containsEntry("limit", "5");
    }

    @Test
    void sends_the_key_in_its_header_and_nowhere_else() {
        server.on("/p", PlaybackServer.json(BODY));
        success(transport(server.url(), Secret.of(KEY)).exchange(ProviderRequest.get("/p"), TestCalls.patient()));
        PlaybackServer.Asked asked = server.asked().getFirst();
        assertThat(asked.headers()).containsEntry("x-mbx-apikey", KEY);
        assertThat(asked.path() + asked.parameters()).doesNotContain(KEY);
    }

    @Test
    void a_key_that_no_header_can_carry_is_rejected_without_being_quoted() {
        Outcome<RawPayload> outcome = transport(server.url(), Secret.of("planted\nkey-é"))
                .exchange(ProviderRequest.get("/p"), TestCalls.patient());
        assertThat(failure(outcome)).isInstanceOf(Failure.CredentialsRejected.class);
        assertThat(failure(outcome).message()).doesNotContain("planted");
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void unpacks_gzip() {
        server.on("/p", PlaybackServer.gzip(BODY));
        assertThat(success(ask()).body()).isEqualTo(BODY);
    }

    @Test
    void a_gzip_bomb_is_malformed() {
        server.on("/p", PlaybackServer.gzipBomb((8 << 20) + 1));
        assertThat(failure(ask())).isInstanceOf(Failure.Malformed.class);
    }

    @Test
    void a_body_of_exactly_the_limit_passes_packed_or_not() {
        byte[] largest = new byte[8 << 20];
        server.on("/packed", PlaybackServer.gzip(largest)).on("/plain", PlaybackServer.json(largest));
        assertThat(success(ask("/packed")).body()).hasSize(8 << 20);
        assertThat(success(ask("/plain")).body()).hasSize(8 << 20);
    }

    @Test
    void one_byte_more_than_the_limit_is_malformed() {
        server.on("/p", PlaybackServer.json(new byte[(8 << 20) + 1]));
        assertThat(failure(ask())).isInstanceOf(Failure.Malformed.class);
    }

    @Test
    void an_endless_body_is_cut_off_and_its_socket_closed() throws InterruptedException {
        server.on("/p", PlaybackServer.endless());
        assertThat(failure(ask())).isInstanceOf(Failure.Malformed.class);
        assertThat(server.awaitHangUp(PATIENCE)).isTrue();
    }

    @Test
    void gzip_that_is_cut_short_or_damaged_is_malformed() {
        server.on("/short", PlaybackServer.gzipCutShort(BODY))
                .on("/damaged", PlaybackServer.reply(200, Map.of("Content-Encoding", "gzip"), BODY));
        assertThat(failure(ask("/short"))).isInstanceOf(Failure.Malformed.class);
        assertThat(failure(ask("/damaged"))).isInstanceOf(Failure.Malformed.class);
    }

    @Test
    void an_encoding_that_was_not_asked_for_is_malformed() {
        server.on("/p", PlaybackServer.reply(200, Map.of("Content-Encoding", "br"), BODY));
        assertThat(failure(ask())).isInstanceOf(Failure.Malformed.class);
    }

    @Test
    void a_provider_that_says_nothing_times_out_and_its_socket_is_closed() throws InterruptedException {
        server.on("/p", PlaybackServer.hang());
        assertThat(failure(ask(SHORT))).isInstanceOf(Failure.TimedOut.class);
        assertThat(server.awaitHangUp(PATIENCE)).isTrue();
    }

    @Test
    void a_body_that_stops_in_the_middle_times_out_and_its_socket_is_closed() throws InterruptedException {
        server.on("/p", PlaybackServer.hangInBody(BODY));
        assertThat(failure(ask(SHORT))).isInstanceOf(Failure.TimedOut.class);
        assertThat(server.awaitHangUp(PATIENCE)).isTrue();
    }

    @Test
    void a_body_that_drips_times_out_although_bytes_keep_coming() throws InterruptedException {
        server.on("/p", PlaybackServer.drip(new byte[10_000], Duration.ofMillis(50)));
        assertThat(failure(ask(SHORT))).isInstanceOf(Failure.TimedOut.class);
        assertThat(server.awaitHangUp(PATIENCE)).isTrue();
    }

    @Test
    void a_head_that_drips_times_out() {
        server.on("/p", (_, line) -> {
            for (char c : "HTTP/1.1 200 OK\r\nX-Long: ".toCharArray()) {
                line.write(new byte[] {(byte) c});
                Thread.sleep(100);
            }
            line.awaitHangUp();
        });
        assertThat(failure(ask(SHORT))).isInstanceOf(Failure.TimedOut.class);
    }

    @Test
    void a_connection_that_is_never_accepted_ends_with_the_deadline() throws Exception {
        // A listener that accepts nothing: its backlog fills up and further connections hang.
        try (var deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            URI base = URI.create("http://127.0.0.1:" + deaf.getLocalPort());
            Outcome<RawPayload> outcome =
                    transport(base, Optional.empty()).exchange(ProviderRequest.get("/p"), TestCalls.within(SHORT));
            assertThat(failure(outcome)).isInstanceOf(Failure.TimedOut.class);
        }
    }

    @Test
    void an_answer_cut_short_is_unreachable() {
        server.on("/p", PlaybackServer.cutShort(BODY));
        assertThat(failure(ask())).isInstanceOf(Failure.Unreachable.class);
    }

    @Test
    void a_reset_in_the_body_is_unreachable() {
        server.on("/p", PlaybackServer.reset(BODY));
        assertThat(failure(ask())).isInstanceOf(Failure.Unreachable.class);
    }

    @Test
    void a_closed_port_is_unreachable() {
        server.close();
        assertThat(failure(ask())).isInstanceOf(Failure.Unreachable.class);
    }

    @Test
    void an_unknown_host_name_is_unreachable() {
        var outcome = transport(URI.create("http://provider.invalid"), Optional.empty())
                .exchange(ProviderRequest.get("/p"), TestCalls.patient());
        assertThat(failure(outcome)).isInstanceOf(Failure.Unreachable.class);
    }

    @Test
    void a_server_that_speaks_no_tls_is_unreachable_over_https() {
        server.on("/p", PlaybackServer.json(BODY));
        URI base = URI.create("https://127.0.0.1:" + server.port());
        var outcome = transport(base, Optional.empty()).exchange(ProviderRequest.get("/p"), TestCalls.patient());
        assertThat(failure(outcome)).isInstanceOf(Failure.Unreachable.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_9.6\r\n",
                "HTTP/1.1 abc OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 5, 6\r\n\r\nabcdef",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n"
            })
    void what_is_not_http_is_an_upstream_failure(String bytes) {
        server.on("/p", PlaybackServer.raw(bytes));
        assertThat(failure(ask())).isInstanceOf(Failure.Upstream.class);
    }

    @Test
    void follows_redirects_within_the_host() {
        server.on("/p", PlaybackServer.redirect(302, "/q?x=1")).on("/q", PlaybackServer.json(BODY));
        assertThat(success(ask()).body()).isEqualTo(BODY);
        assertThat(server.asked("/q").getFirst().parameters()).containsEntry("x", "1");
    }

    @Test
    void gives_up_on_redirects_that_go_round_in_circles() {
        server.on("/p", PlaybackServer.redirect(301, "/p"));
        assertThat(failure(ask())).isInstanceOf(Failure.Malformed.class);
        assertThat(server.asked()).hasSize(1 + TransportConfig.defaults().maxRedirects());
    }

    @Test
    void never_follows_a_redirect_to_another_host_nor_gives_it_the_key() {
        try (PlaybackServer thief = PlaybackServer.start()) {
            thief.on("/p", PlaybackServer.json(BODY));
            for (String location : List.of(
                    thief.url() + "/p",
                    "//127.0.0.1:" + thief.port() + "/p",
                    "http://localhost:" + server.port() + "/p",
                    "https://127.0.0.1:" + server.port() + "/p",
                    "file:///etc/passwd",
                    "http://[broken",
                    "")) {
                server.on("/p", PlaybackServer.redirect(302, location));
                var outcome = transport(server.url(), Secret.of(KEY))
                        .exchange(ProviderRequest.get("/p"), TestCalls.patient());
                if (!location.isEmpty()) {
                    assertThat(failure(outcome)).as(location).isInstanceOf(Failure.Malformed.class);
                }
            }
            assertThat(thief.asked()).isEmpty();
        }
    }

    @Test
    void a_gateway_that_has_stopped_sends_nothing_and_throws_nothing() {
        server.on("/p", PlaybackServer.json(BODY));
        var transport = transport();
        connections.close();
        assertThat(failure(transport.exchange(ProviderRequest.get("/p"), TestCalls.patient())))
                .isInstanceOf(Failure.Unreachable.class);
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void a_deadline_that_has_passed_sends_nothing() {
        server.on("/p", PlaybackServer.json(BODY));
        assertThat(failure(ask(Duration.ZERO))).isInstanceOf(Failure.DeadlinePassed.class);
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void an_interrupted_caller_sends_nothing() {
        server.on("/p", PlaybackServer.json(BODY));
        Thread.currentThread().interrupt();
        Outcome<RawPayload> outcome = ask();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(failure(outcome)).isEqualTo(new Failure.DeadlinePassed("request cancelled by the client"));
        success(ask());
        assertThat(server.asked()).hasSize(1);
    }

    @Test
    void an_interrupted_caller_closes_the_socket() throws Exception {
        server.on("/hang", PlaybackServer.hang());
        var transport = transport();
        Thread caller =
                Thread.ofVirtual().start(() -> transport.exchange(ProviderRequest.get("/hang"), TestCalls.patient()));
        while (server.asked().isEmpty()) {
            Thread.sleep(5);
        }
        caller.interrupt();
        caller.join();
        assertThat(server.awaitHangUp(PATIENCE)).isTrue();
    }

    @Test
    void no_failure_shows_the_address_the_parameters_or_the_key() {
        server.on("/reset", PlaybackServer.reset(BODY))
                .on("/bomb", PlaybackServer.gzipBomb(9 << 20))
                .on("/away", PlaybackServer.redirect(302, "http://elsewhere.example/?k=" + KEY))
                .on("/hang", PlaybackServer.hang())
                .on("/raw", PlaybackServer.raw(KEY + "\r\n\r\n"));
        var transport = transport(server.url(), Secret.of(KEY));
        for (String path : List.of("/reset", "/bomb", "/away", "/hang", "/raw")) {
            var request = ProviderRequest.get(path).with("symbol", "SECRETSYMBOL");
            String message = failure(transport.exchange(request, TestCalls.within(SHORT.multipliedBy(5))))
                    .message();
            assertThat(message)
                    .as(path)
                    .doesNotContain(KEY)
                    .doesNotContain("SECRETSYMBOL")
                    .doesNotContain("127.0.0.1");
        }
        assertThat(transport.toString()).doesNotContain(KEY);
    }

    @Test
    void prints_the_address_without_credentials_in_it() {
        URI base = URI.create("https://user:" + KEY + "@proxy.example:8443/binance/");
        assertThat(transport(base, Optional.empty())).hasToString("https://proxy.example:8443/binance");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://x/", "http:///p", "mailto:a@b", "http://x/?key=1", "http://x/#f", "/p"})
    void refuses_base_urls_that_are_none(String text) {
        assertThatThrownBy(() -> transport(URI.create(text), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void holds_memory_while_a_payload_is_used_and_gives_it_back_whatever_happens() {
        var small = new HttpConnections(TransportConfig.defaults(), new PayloadBudget(1 << 20));
        var transport = new HttpTransport(
                DescriptorReader.builtIn("binance"),
                new ProviderConfig(WantedMode.LIVE, Optional.empty(), Optional.empty(), Optional.of(server.url())),
                small,
                InstantSource.fixed(NOW));
        server.on("/plain", PlaybackServer.json(BODY))
                .on("/packed", PlaybackServer.gzip(BODY))
                .on("/bomb", PlaybackServer.gzipBomb(9 << 20))
                .on("/large", PlaybackServer.json(new byte[4 << 20]))
                .on("/short", PlaybackServer.cutShort(BODY))
                .on("/half", PlaybackServer.hangInBody(BODY))
                .on("/away", PlaybackServer.redirect(302, "http://elsewhere.example/"))
                .on("/again", PlaybackServer.redirect(302, "/plain"));
        for (String path : List.of("/plain", "/packed", "/again")) {
            try (RawPayload raw = success(transport.exchange(ProviderRequest.get(path), TestCalls.patient()))) {
                assertThat(small.budget().held()).as(path).isPositive();
                assertThat(raw.body()).isEqualTo(BODY);
            }
            assertThat(small.budget().held()).as(path).isZero();
        }
        for (String path : List.of("/bomb", "/large", "/short", "/half", "/away")) {
            assertThat(failure(transport.exchange(ProviderRequest.get(path), TestCalls.within(SHORT.multipliedBy(5)))))
                    .as(path)
                    .isInstanceOf(Failure.Upstream.class);
            assertThat(small.budget().held()).as(path).isZero();
        }
        small.close();
    }

    @Test
    void a_body_waits_for_memory_until_the_deadline_and_then_is_refused() throws Exception {
        var budget = new PayloadBudget(1 << 20);
        var small = new HttpConnections(TransportConfig.defaults(), budget);
        var transport = new HttpTransport(
                DescriptorReader.builtIn("binance"),
                new ProviderConfig(WantedMode.LIVE, Optional.empty(), Optional.empty(), Optional.of(server.url())),
                small,
                InstantSource.fixed(NOW));
        server.on("/p", PlaybackServer.json(new byte[80 << 10]));
        PayloadBudget.Lease oldest =
                budget.open(DescriptorReader.builtIn("kraken").id());
        PayloadBudget.Lease other =
                budget.open(DescriptorReader.builtIn("kraken").id());
        assertThat(other.hold(250 << 10, TestCalls.patient().deadline())).isTrue();
        Failure refused =
                failure(transport.exchange(ProviderRequest.get("/p"), TestCalls.within(SHORT.multipliedBy(3))));
        assertThat(refused).isInstanceOf(Failure.Shed.class);
        assertThat(refused.message()).contains("no memory");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Outcome<RawPayload>> waiting =
                    threads.submit(() -> transport.exchange(ProviderRequest.get("/p"), TestCalls.patient()));
            while (server.asked("/p").size() < 2) {
                Thread.sleep(5);
            }
            other.close();
            oldest.close();
            success(waiting.get()).close();
        }
        assertThat(budget.held()).isZero();
        small.close();
    }

    private Outcome<RawPayload> ask() {
        return ask("/p");
    }

    private Outcome<RawPayload> ask(String path) {
        return transport().exchange(ProviderRequest.get(path), TestCalls.patient());
    }

    private Outcome<RawPayload> ask(Duration time) {
        return transport().exchange(ProviderRequest.get("/p"), TestCalls.within(time));
    }

    private HttpTransport transport() {
        return transport(server.url(), Optional.empty());
    }

    private HttpTransport transport(URI base, Optional<Secret> key) {
        return new HttpTransport(
                DescriptorReader.builtIn("binance"),
                new ProviderConfig(WantedMode.LIVE, key, Optional.empty(), Optional.of(base)),
                connections,
                InstantSource.fixed(NOW));
    }

    private static RawPayload success(Outcome<RawPayload> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Success.class);
        return ((Outcome.Success<RawPayload>) outcome).value();
    }

    private static Failure failure(Outcome<RawPayload> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        return ((Outcome.Failed<RawPayload>) outcome).failure();
    }
}
