package io.marketbrain.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.marketbrain.Gateway;
import io.marketbrain.api.BindFailure;
import io.marketbrain.api.ServerConfig;
import io.marketbrain.config.GatewayConfig;
import io.marketbrain.security.AccessConfig;
import io.marketbrain.security.KeyRing;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Access control of a running gateway, over real sockets. */
class AccessTest {
    private static final String QUOTE = "/api/v1/data/binance/BTC/USDT";
    private static final String WARM = "/api/v1/background/warm-cache?symbols=binance:BTCUSDT";

    @TempDir
    Path state;

    private final HttpClient client = HttpClient.newHttpClient();

    private String key(String name, boolean admin) {
        return new KeyRing(state.resolve("keys")).create(name, admin, Instant.EPOCH, new SecureRandom());
    }

    private GatewayConfig on(String host, boolean plainHttp) {
        return GatewayConfig.defaults()
                .withServer(new ServerConfig(host, 0))
                .withState(state)
                .withAccess(new AccessConfig(plainHttp));
    }

    private HttpResponse<String> send(Gateway gateway, String method, String target, String... headers)
            throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + target))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void listens_on_other_interfaces_only_with_keys_and_tls_configured() {
        assertThatThrownBy(() -> new Gateway(on("0.0.0.0", false)))
                .isInstanceOf(BindFailure.class)
                .hasMessageContaining("brain keys create NAME")
                .hasMessageContaining("access.plain_http=true");
        key("alice", false);
        assertThatThrownBy(() -> new Gateway(on("0.0.0.0", false)))
                .isInstanceOf(BindFailure.class)
                .hasMessageContaining("access.plain_http=true");
        assertThatThrownBy(() -> new Gateway(GatewayConfig.defaults()
                        .withServer(new ServerConfig("0.0.0.0", 0))
                        .withAccess(new AccessConfig(true))))
                .hasMessageContaining("brain keys create NAME");
        new Gateway(on("0.0.0.0", true)).close();
    }

    @Test
    void a_reachable_gateway_requires_a_key_and_a_revoked_key_stops_working_at_once() throws Exception {
        String alice = key("alice", false);
        try (var gateway = new Gateway(on("0.0.0.0", true))) {
            HttpResponse<String> anonymous = send(gateway, "GET", QUOTE);
            assertThat(anonymous.statusCode()).isEqualTo(401);
            assertThat(anonymous.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
            assertThat(send(gateway, "GET", "/metrics").statusCode()).isEqualTo(401);
            assertThat(send(gateway, "GET", "/health/live").statusCode()).isEqualTo(200);
            assertThat(send(gateway, "GET", "/", "Accept", "text/html").body()).contains("id=\"quotes\">[]<");
            assertThat(send(gateway, "GET", QUOTE, "X-API-Key", alice).statusCode())
                    .isEqualTo(200);
            assertThat(send(gateway, "GET", QUOTE, "Authorization", "Bearer " + alice)
                            .statusCode())
                    .isEqualTo(200);
            assertThat(send(gateway, "GET", QUOTE, "X-API-Key", alice + "x").statusCode())
                    .isEqualTo(401);

            new KeyRing(state.resolve("keys")).revoke("alice");
            assertThat(send(gateway, "GET", QUOTE, "X-API-Key", alice).statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void other_apis_and_other_times_require_a_key_too_but_never_the_admin_scope() throws Exception {
        String reader = key("reader", false);
        String price = "/compat/binance/api/v3/ticker/price?symbol=BTCUSDT";
        try (var gateway = new Gateway(on("0.0.0.0", true))) {
            HttpResponse<String> anonymous = send(gateway, "GET", price);
            assertThat(anonymous.statusCode()).isEqualTo(401);
            assertThat(anonymous.body()).startsWith("{\"code\":-1002,");
            assertThat(anonymous.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
            for (String target : List.of(
                    "/compat/binance/api/v3/nothing",
                    "/compat/kraken/0/public/Time",
                    "/at/2024-02-21" + price,
                    "/at/2024-02-21" + QUOTE,
                    "/at/2024-02-21/clock")) {
                assertThat(send(gateway, "GET", target).statusCode()).as(target).isEqualTo(401);
            }
            assertThat(send(gateway, "GET", price, "X-API-Key", reader).statusCode())
                    .isEqualTo(200);
            assertThat(send(gateway, "POST", "/at/bot/clock?to=2024-02-21", "X-API-Key", reader)
                            .statusCode())
                    .isEqualTo(200);
            assertThat(send(gateway, "GET", "/at/bot" + price, "X-API-Key", reader)
                            .statusCode())
                    .isEqualTo(200);
            assertThat(send(
                                    gateway,
                                    "POST",
                                    "/at/bot/clock?to=2024-02-21",
                                    "Origin",
                                    "https://evil.example",
                                    "X-API-Key",
                                    reader)
                            .statusCode())
                    .isEqualTo(403);
            assertThat(send(gateway, "GET", "/at/bot" + price, "X-API-Key", key("other", false))
                            .statusCode())
                    .isEqualTo(422);
        }
    }

    @Test
    void only_admins_may_change_the_gateway_and_authenticated_responses_are_private() throws Exception {
        String reader = key("reader", false);
        String admin = key("admin", true);
        try (var gateway = new Gateway(on("127.0.0.1", false))) {
            assertThat(send(gateway, "POST", WARM, "X-API-Key", reader).statusCode())
                    .isEqualTo(403);
            assertThat(send(gateway, "POST", WARM, "X-API-Key", admin).statusCode())
                    .isEqualTo(202);
            HttpResponse<String> keyed = send(gateway, "GET", QUOTE, "X-API-Key", reader);
            assertThat(keyed.headers().firstValue("Cache-Control").orElseThrow())
                    .contains("private");
            assertThat(String.join(",", keyed.headers().allValues("Vary"))).contains("X-API-Key", "Authorization");
            HttpResponse<String> local = send(gateway, "GET", QUOTE);
            assertThat(local.statusCode()).isEqualTo(200);
            assertThat(local.headers().firstValue("Cache-Control").orElse("")).doesNotContain("private");
        }
    }

    @Test
    void keys_that_differ_or_are_repeated_are_rejected_and_no_one_of_them_counts() throws Exception {
        String alice = key("alice", false);
        String bob = key("bob", true);
        try (var gateway = new Gateway(on("127.0.0.1", false))) {
            for (String target : new String[] {QUOTE, "/", "/health/live"}) {
                HttpResponse<String> differing =
                        send(gateway, "GET", target, "X-API-Key", alice, "Authorization", "Bearer " + bob);
                assertThat(differing.statusCode()).as(target).isEqualTo(400);
                assertThat(differing.headers().firstValue("Content-Type")).hasValue("application/problem+json");
                assertThat(differing.body())
                        .contains("/problems/malformed-request", "X-API-Key", "Authorization")
                        .doesNotContain(alice, bob);
            }
            HttpResponse<String> repeated = send(
                    gateway, "GET", QUOTE, "X-API-Key", alice, "Authorization", "Bearer " + bob, "X-Request-Id", bob);
            assertThat(repeated.body() + repeated.headers()).doesNotContain(bob);
            HttpResponse<String> twice = send(gateway, "GET", QUOTE, "X-API-Key", alice, "X-API-Key", bob);
            assertThat(twice.statusCode()).isEqualTo(400);
            assertThat(twice.body()).contains("/problems/malformed-request", "X-API-Key");
            assertThat(send(gateway, "GET", QUOTE, "X-API-Key", alice, "Authorization", "bearer  " + alice)
                            .statusCode())
                    .isEqualTo(200);
            assertThat(send(gateway, "GET", QUOTE, "X-API-Key", alice, "Authorization", "Basic eDp5")
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void the_key_file_is_private_holds_hashes_only_and_no_response_contains_a_key() throws Exception {
        String alice = key("alice", false);
        String file = Files.readString(state.resolve("keys"));
        assertThat(file).contains("alice").doesNotContain(alice);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state.resolve("keys"))))
                .isEqualTo("rw-------");
        try (var gateway = new Gateway(on("127.0.0.1", false))) {
            for (String target : new String[] {QUOTE, "/api/v1/status", "/api/v1/layers", "/metrics", "/nowhere"}) {
                HttpResponse<String> response = send(gateway, "GET", target, "X-API-Key", alice);
                assertThat(response.body() + response.headers()).doesNotContain(alice);
            }
            String wrong = "mib_wrong_key_planted_here";
            assertThat(send(gateway, "GET", QUOTE, "X-API-Key", wrong).body()).doesNotContain(wrong);
        }
    }
}
