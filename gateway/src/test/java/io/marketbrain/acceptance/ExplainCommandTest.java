package io.marketbrain.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.Gateway;
import io.marketbrain.Main;
import io.marketbrain.api.ServerConfig;
import io.marketbrain.cli.Invocation;
import io.marketbrain.cli.console.CommandContext;
import io.marketbrain.config.GatewayConfig;
import io.marketbrain.http.HttpLimits;
import io.marketbrain.http.tls.TestCertificate;
import io.marketbrain.security.AccessConfig;
import io.marketbrain.security.KeyRing;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code brain explain} with and without a running gateway. */
@Timeout(120)
class ExplainCommandTest {
    @TempDir
    Path folder;

    private final Map<String, String> environment = new HashMap<>();

    private record Result(int code, String out, String err) {}

    private Result explain(int port, String... arguments) {
        var line = new ArrayList<>(List.of("explain", "--port", Integer.toString(port)));
        line.addAll(List.of(arguments));
        return brain(line.toArray(String[]::new));
    }

    private Result brain(String... line) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var around = new CommandContext(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                true,
                environment,
                folder,
                folder,
                InstantSource.system());
        int code = Invocation.run(line, around, new Main());
        return new Result(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static int freePort() throws Exception {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void shows_what_each_layer_of_the_running_gateway_did() {
        try (var gateway = new Gateway(GatewayConfig.defaults().withServer(new ServerConfig("127.0.0.1", 0)))) {
            Result first = explain(gateway.port(), "binance", "BTC/USDT");
            assertThat(first.err()).isEmpty();
            assertThat(first.code()).isZero();
            List<String> lines = first.out().lines().toList();
            assertThat(lines.getFirst()).startsWith("LAYER").contains("TOOK MS", "OUTCOME", "DECISION");
            assertThat(lines.subList(1, 4).stream().map(line -> line.strip().split(" +", 2)[0]))
                    .containsExactly("caller", "qos", "cache");
            assertThat(first.out()).contains("normalisation");
            assertThat(lines.get(1)).contains("name local");
            assertThat(lines.getLast())
                    .startsWith("BTC/USDT ")
                    .contains("source mock")
                    .endsWith("from http://127.0.0.1:" + gateway.port());
            assertThat(explain(gateway.port(), "binance", "BTC/USDT").out())
                    .as("the second request is served from the running gateway's cache")
                    .contains("cache")
                    .doesNotContain("normalisation");
        }
    }

    @Test
    void starts_its_own_gateway_if_none_is_running_and_says_so() throws Exception {
        int port = freePort();
        Result result = explain(port, "binance", "BTCUSDT");
        assertThat(result.code()).isZero();
        assertThat(result.out())
                .contains("normalisation", "a temporary gateway; none serves on http://127.0.0.1:" + port);
        Result json = explain(port, "--format", "json", "binance", "BTCUSDT");
        assertThat(json.out()).startsWith("{\"success\":true").contains("\"explain\":{");
    }

    @Test
    void a_symbol_may_name_its_provider() throws Exception {
        Result own = explain(freePort(), "--format", "json", "kraken:XBTUSD");
        assertThat(own.out()).as(own.err()).contains("\"provider\":\"kraken\"");
        try (var gateway = new Gateway(GatewayConfig.defaults().withServer(new ServerConfig("127.0.0.1", 0)))) {
            Result running = explain(gateway.port(), "--format", "json", "KRAKEN:XBTUSD");
            assertThat(running.out()).as(running.err()).contains("\"provider\":\"kraken\"");
        }
    }

    @Test
    void reports_an_invalid_query_or_unauthorized_caller() throws Exception {
        assertThat(explain(freePort(), "nowhere", "BTCUSDT").code()).isEqualTo(2);
        String alice = new KeyRing(folder.resolve("keys")).create("alice", false, Instant.EPOCH, new SecureRandom());
        try (var gateway = new Gateway(GatewayConfig.defaults()
                .withServer(new ServerConfig("0.0.0.0", 0))
                .withAccess(new AccessConfig(true))
                .withState(folder))) {
            Result anonymous = explain(gateway.port(), "binance", "BTCUSDT");
            assertThat(anonymous.code()).isEqualTo(2);
            assertThat(anonymous.err()).contains("an API key is required");
            environment.put("BRAIN_API_KEY", alice);
            Result known = explain(gateway.port(), "binance", "BTCUSDT");
            assertThat(known.code()).isZero();
            assertThat(known.out()).contains("name alice").doesNotContain(alice);
        }
    }

    @Test
    void uses_tls_and_trusts_the_configured_certificate() throws Exception {
        var files = TestCertificate.make("EC", folder).in(folder);
        var server = new ServerConfig("127.0.0.1", 0, HttpLimits.defaults(), Optional.of(files));
        try (var gateway = new Gateway(GatewayConfig.defaults().withServer(server))) {
            environment.put("SERVER_TLS_CERT", files.certificate().toString());
            environment.put("SERVER_TLS_KEY", files.key().toString());
            Result result = explain(gateway.port(), "binance", "BTCUSDT");
            assertThat(result.out()).endsWith("from https://127.0.0.1:" + gateway.port() + "\n");
            assertThat(brain("health", "--port", Integer.toString(gateway.port()))
                            .code())
                    .isZero();
            var stranger = TestCertificate.make("EC", folder).in(Files.createDirectory(folder.resolve("other")));
            environment.put("SERVER_TLS_CERT", stranger.certificate().toString());
            assertThat(explain(gateway.port(), "binance", "BTCUSDT").out()).contains("a temporary gateway");
            assertThat(brain("health", "--port", Integer.toString(gateway.port()))
                            .code())
                    .isEqualTo(1);
        }
    }
}
