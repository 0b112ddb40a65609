package io.marketbrain.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.marketbrain.Gateway;
import io.marketbrain.Main;
import io.marketbrain.api.ContractClient;
import io.marketbrain.api.ServerConfig;
import io.marketbrain.cli.Invocation;
import io.marketbrain.cli.console.CommandContext;
import io.marketbrain.config.GatewayConfig;
import io.marketbrain.http.HttpLimits;
import io.marketbrain.http.RawClient;
import io.marketbrain.http.tls.TestCertificate;
import io.marketbrain.security.AccessConfig;
import io.marketbrain.security.KeyRing;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Requests that are rejected although they come from this machine: DNS rebinding, cross-site requests, and callers over
 * their rate limit.
 */
@Timeout(120)
class AdmissionTest {
    private static final String QUOTE = "/api/v1/data/binance/BTC/USDT";
    private static final String WARM = "/api/v1/background/warm-cache?symbols=binance:BTCUSDT";
    private static final String APP = "https://app.example";

    @TempDir
    Path state;

    private Gateway gateway = gateway(AccessConfig.defaults());

    @AfterEach
    void stop() {
        gateway.close();
    }

    private static GatewayConfig config(AccessConfig access) {
        return GatewayConfig.defaults()
                .withServer(new ServerConfig("127.0.0.1", 0))
                .withAccess(access);
    }

    private static Gateway gateway(AccessConfig access) {
        return new Gateway(config(access));
    }

    private void restart(AccessConfig access) {
        gateway.close();
        gateway = new Gateway(config(access).withState(state));
    }

    private String key(String name, boolean admin) {
        return new KeyRing(state.resolve("keys")).create(name, admin, Instant.EPOCH, new SecureRandom());
    }

    private RawClient.Answer send(String method, String target, String... lines) throws Exception {
        try (RawClient wire = new RawClient(gateway.port())) {
            String head = lines.length == 0 ? "" : String.join("\r\n", lines) + "\r\n";
            return wire.send(method + " " + target + " HTTP/1.1\r\n" + head + "\r\n")
                    .answer();
        }
    }

    @Test
    void a_host_name_that_is_not_the_gateways_is_rejected_with_421() throws Exception {
        for (String path : List.of(QUOTE, "/", "/api/v1/status", "/metrics", "/health")) {
            RawClient.Answer answer = send("GET", path, "Host: rebound.attacker.example:" + gateway.port());
            assertThat(answer.status()).as(path).isEqualTo(421);
            assertThat(answer.body()).contains("/problems/unknown-host").doesNotContain("\"price\"");
            assertThat(send("GET", path, "Host: localhost:" + gateway.port()).status())
                    .isEqualTo(200);
            assertThat(send("GET", path, "Host: [::1]").status()).isEqualTo(200);
        }
        restart(new AccessConfig(false, List.of("gateway.example"), List.of(), 0));
        assertThat(send("GET", QUOTE, "Host: gateway.example:8000").status()).isEqualTo(200);
        assertThat(send("GET", QUOTE, "Host: other.example").status()).isEqualTo(421);
        String alice = key("alice", false);
        assertThat(send("GET", QUOTE, "Host: other.example", "X-API-Key: " + alice)
                        .status())
                .as("a valid key makes the host name irrelevant")
                .isEqualTo(200);
    }

    @Test
    void a_request_id_that_holds_a_key_is_not_repeated() throws Exception {
        restart(AccessConfig.defaults());
        String alice = key("alice", false);
        String id = "plantedRequestId77";
        assertThat(send("GET", QUOTE, "Host: localhost", "X-Request-Id: " + id).toString())
                .contains(id);
        for (String keyed : List.of(alice, "a." + alice)) {
            for (String header : List.of("X-API-Key: ", "Authorization: Bearer ")) {
                assertThat(send("GET", QUOTE, header + alice, "X-Request-Id: " + keyed)
                                .toString())
                        .doesNotContain(alice);
            }
        }
        assertThat(send("GET", QUOTE, "Host: localhost", "X-API-Key: " + id, "X-Request-Id: " + id)
                        .toString())
                .as("a wrong key is one as well")
                .doesNotContain(id);
        assertThat(send("GET", QUOTE, "Host: localhost", "X-Request-Id: " + alice)
                        .toString())
                .as("a key that is not presented")
                .doesNotContain(alice);
    }

    @Test
    void a_page_from_another_origin_can_neither_change_nor_read_anything() throws Exception {
        String host = "Host: localhost";
        assertThat(send("POST", WARM, host, "Origin: https://evil.example").status())
                .isEqualTo(403);
        assertThat(send("POST", WARM, host, "Origin: null").status()).isEqualTo(403);
        assertThat(send("POST", WARM, host, "Sec-Fetch-Site: cross-site").status())
                .isEqualTo(403);
        assertThat(send("POST", WARM, host, "Origin: http://localhost").status())
                .isEqualTo(202);
        assertThat(send("POST", WARM, host).status()).isEqualTo(202);
        RawClient.Answer behindTheBack = send(
                "GET", QUOTE, host, "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors", "Sec-Fetch-Dest: image");
        assertThat(behindTheBack.status()).isEqualTo(403);
        assertThat(send(
                                "GET",
                                QUOTE,
                                host,
                                "Sec-Fetch-Site: cross-site",
                                "Sec-Fetch-Mode: navigate",
                                "Sec-Fetch-Dest: iframe")
                        .status())
                .isEqualTo(403);
        assertThat(send(
                                "GET",
                                QUOTE,
                                host,
                                "Sec-Fetch-Site: cross-site",
                                "Sec-Fetch-Mode: navigate",
                                "Sec-Fetch-Dest: document")
                        .status())
                .as("a user follows a link")
                .isEqualTo(200);
        RawClient.Answer read = send("GET", QUOTE, host, "Origin: https://evil.example");
        assertThat(read.headers()).doesNotContainKey("access-control-allow-origin");
        RawClient.Answer preflight =
                send("OPTIONS", QUOTE, host, "Origin: https://evil.example", "Access-Control-Request-Method: GET");
        assertThat(preflight.headers().keySet()).noneMatch(name -> name.startsWith("access-control"));
    }

    @Test
    void an_allowed_origin_may_read_and_send_preflights_without_browser_credentials() throws Exception {
        restart(new AccessConfig(false, List.of(), List.of(APP), 0));
        String host = "Host: localhost";
        RawClient.Answer preflight =
                send("OPTIONS", WARM, host, "Origin: " + APP, "Access-Control-Request-Method: POST");
        assertThat(preflight.status()).isEqualTo(204);
        assertThat(preflight.headers())
                .containsEntry("access-control-allow-origin", APP)
                .containsEntry("access-control-allow-methods", "POST, OPTIONS")
                .containsEntry("vary", "Origin")
                .doesNotContainKey("access-control-allow-credentials");
        assertThat(preflight.headers().get("access-control-allow-headers")).contains("X-API-Key", "Authorization");
        RawClient.Answer read =
                send("GET", QUOTE, host, "Origin: " + APP, "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: cors");
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.headers()).containsEntry("access-control-allow-origin", APP);
        assertThat(read.headers().get("vary")).contains("Origin");
        assertThat(read.headers().get("access-control-expose-headers")).contains("Retry-After");
        RawClient.Answer other = send("GET", QUOTE, host, "Origin: https://app.example.evil.example");
        assertThat(other.headers()).doesNotContainKey("access-control-allow-origin");
        assertThat(other.headers().get("vary")).contains("Origin");
        try (var client = new ContractClient(gateway.port())) {
            assertThat(client.get(QUOTE, "Origin", APP).header("Access-Control-Allow-Origin"))
                    .isEqualTo(APP);
        }
    }

    @Test
    void a_preflight_needs_no_key_even_where_all_other_requests_do() throws Exception {
        key("alice", false);
        gateway.close();
        gateway = new Gateway(config(new AccessConfig(true, List.of(), List.of(APP), 0))
                .withServer(new ServerConfig("0.0.0.0", 0))
                .withState(state));
        String host = "Host: anything";
        assertThat(send("OPTIONS", QUOTE, host, "Origin: " + APP, "Access-Control-Request-Method: GET")
                        .headers())
                .containsEntry("access-control-allow-origin", APP);
        RawClient.Answer refused = send("GET", QUOTE, host, "Origin: " + APP);
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.headers()).containsEntry("access-control-allow-origin", APP);
    }

    @Test
    void every_response_has_security_headers() throws Exception {
        for (String target : List.of(QUOTE, "/", "/docs", "/nowhere", "/problems/internal", "/api/v1/data/none/X")) {
            assertThat(send("GET", target, "Host: localhost").headers())
                    .as(target)
                    .containsEntry("x-content-type-options", "nosniff")
                    .containsEntry("x-frame-options", "DENY")
                    .containsEntry("referrer-policy", "no-referrer")
                    .containsKey("content-security-policy")
                    .containsKey("x-request-id");
        }
        assertThat(send("GET", "/a/../b", "Host: localhost").headers())
                .containsEntry("x-content-type-options", "nosniff");
    }

    @Test
    void each_caller_has_its_own_rate_limit_and_sees_the_remaining_requests() throws Exception {
        restart(new AccessConfig(false, List.of(), List.of(), 3));
        String alice = key("alice", false);
        String bob = key("bob", false);
        try (var client = new ContractClient(gateway.port())) {
            for (int left = 2; left >= 0; left--) {
                String target = left == 1 ? QUOTE + "?nonsense=1" : QUOTE;
                var answer = client.get(target, "X-API-Key", alice);
                assertThat(answer.status()).isEqualTo(left == 1 ? 422 : 200);
                assertThat(answer.header("RateLimit-Policy")).isEqualTo("\"caller\";q=3;w=60");
                assertThat(answer.header("RateLimit")).startsWith("\"caller\";r=" + left + ";t=");
            }
            var refused = client.get(QUOTE, "X-API-Key", alice);
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.json().get("policy").asString()).isEqualTo("caller");
            assertThat(Long.parseLong(refused.header("Retry-After"))).isBetween(1L, 60L);
            assertThat(refused.header("RateLimit")).startsWith("\"caller\";r=0;");
            assertThat(client.get(QUOTE, "X-API-Key", bob).status()).isEqualTo(200);
            assertThat(client.get(QUOTE).status()).isEqualTo(200);
            assertThat(client.get(QUOTE).header("RateLimit")).isEmpty();
        }
    }

    @Test
    void wrong_keys_are_counted_in_status_and_metrics() throws Exception {
        restart(AccessConfig.defaults());
        String reader = key("reader", false);
        try (var client = new ContractClient(gateway.port())) {
            for (int i = 0; i < 3; i++) {
                assertThat(client.get(QUOTE, "X-API-Key", "mib_wrong").status()).isEqualTo(401);
            }
            assertThat(client.send("POST", WARM, "X-API-Key", reader).status()).isEqualTo(403);
            var access = client.get("/api/v1/status").json().get("access");
            assertThat(access.get("keys_needed").asBoolean()).isFalse();
            assertThat(access.at("/turned_away/wrong_key").asInt()).isEqualTo(3);
            assertThat(access.at("/turned_away/not_admin").asInt()).isEqualTo(1);
            assertThat(client.get("/metrics").text()).contains("marketbrain_turned_away_total{reason=\"wrong_key\"} 3");
        }
    }

    @Test
    void a_key_revoked_on_the_command_line_is_rejected_from_the_next_request_on() {
        restart(AccessConfig.defaults());
        String alice = key("alice", false);
        try (var client = new ContractClient(gateway.port())) {
            assertThat(client.get(QUOTE, "X-API-Key", alice).status()).isEqualTo(200);
            var out = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
            var around = new CommandContext(out, out, false, Map.of(), state, state, InstantSource.system());
            String[] revoke = {"keys", "--set", "state.folder=" + state, "revoke", "alice"};
            assertThat(Invocation.run(revoke, around, new Main())).isZero();
            assertThat(client.get(QUOTE, "X-API-Key", alice).status()).isEqualTo(401);
        }
    }

    @Test
    void with_a_certificate_the_gateway_serves_tls_and_status_shows_when_it_expires() throws Exception {
        String alice = key("alice", false);
        var certificate = TestCertificate.make("EC", state);
        var server = new ServerConfig("0.0.0.0", 0, HttpLimits.defaults(), Optional.of(certificate.in(state)));
        gateway.close();
        gateway = new Gateway(config(AccessConfig.defaults()).withServer(server).withState(state));
        try (var client = HttpClient.newBuilder()
                .sslContext(TestCertificate.trusting(certificate))
                .build()) {
            var request = HttpRequest.newBuilder(URI.create("https://localhost:" + gateway.port() + "/api/v1/status"));
            assertThat(client.send(request.build(), HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(401);
            request.header("X-API-Key", alice);
            String status = client.send(request.build(), HttpResponse.BodyHandlers.ofString())
                    .body();
            assertThat(status).contains("\"tls\":{\"on\":true,\"expires\":\"2", "\"problem\":null}");
        }
        TestCertificate.write(state.resolve("key.pem"), "nonsense");
        gateway.close();
        assertThatThrownBy(() -> new Gateway(
                        config(AccessConfig.defaults()).withServer(server).withState(state)))
                .hasMessageContaining("cannot start TLS")
                .hasMessageContaining("key.pem");
    }
}
