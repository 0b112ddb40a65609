package io.marketbrain;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.api.ServerConfig;
import io.marketbrain.api.http.HttpLimits;
import io.marketbrain.api.tls.TestCertificate;
import io.marketbrain.cli.Invocation;
import io.marketbrain.cli.Surroundings;
import io.marketbrain.config.GatewayConfig;
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

/** {@code brain explain} with a gateway that serves, and without one. */
@Timeout(120)
class ExplainCommandTest {
    @TempDir
    Path folder;

    private final Map<String, String> environment = new HashMap<>();

    private record Ended(int code, String out, String err) {}

    private Ended explain(int port, String... arguments) {
        var line = new ArrayList<>(List.of("explain", "--port", Integer.toString(port)));
        line.addAll(List.of(arguments));
        return brain(line.toArray(String[]::new));
    }

    private Ended brain(String... line) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var around = new Surroundings(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                true,
                environment,
                folder,
                folder,
                InstantSource.system());
        int code = Invocation.run(line, around, new Main());
        return new Ended(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static int freePort() throws Exception {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void shows_what_every_layer_of_the_running_gateway_did() {
        try (var gateway = new Gateway(GatewayConfig.defaults().withServer(new ServerConfig("127.0.0.1", 0)))) {
            Ended first = explain(gateway.port(), "binance", "BTC/USDT");
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
                    .as("the second time it is the running gateway's cache that answers")
                    .contains("cache")
                    .doesNotContain("normalisation");
        }
    }

    @Test
    void asks_a_gateway_of_its_own_where_none_serves_and_says_so() throws Exception {
        int port = freePort();
        Ended ended = explain(port, "binance", "BTCUSDT");
        assertThat(ended.code()).isZero();
        assertThat(ended.out())
                .contains("normalisation", "a gateway of its own; none serves on http://127.0.0.1:" + port);
        Ended json = explain(port, "--format", "json", "binance", "BTCUSDT");
        assertThat(json.out()).startsWith("{\"success\":true").contains("\"explain\":{");
    }

    @Test
    void says_what_is_wrong_with_the_question_or_the_caller() throws Exception {
        assertThat(explain(freePort(), "nowhere", "BTCUSDT").code()).isEqualTo(2);
        String alice = new KeyRing(folder.resolve("keys")).create("alice", false, Instant.EPOCH, new SecureRandom());
        try (var gateway = new Gateway(GatewayConfig.defaults()
                .withServer(new ServerConfig("0.0.0.0", 0))
                .withAccess(new AccessConfig(true))
                .withState(folder))) {
            Ended nobody = explain(gateway.port(), "binance", "BTCUSDT");
            assertThat(nobody.code()).isEqualTo(2);
            assertThat(nobody.err()).contains("an API key is required");
            environment.put("BRAIN_API_KEY", alice);
            Ended known = explain(gateway.port(), "binance", "BTCUSDT");
            assertThat(known.code()).isZero();
            assertThat(known.out()).contains("name alice").doesNotContain(alice);
        }
    }

    @Test
    void asks_through_tls_and_trusts_the_certificate_that_the_settings_name() throws Exception {
        var files = TestCertificate.make("EC", folder).in(folder);
        var server = new ServerConfig("127.0.0.1", 0, HttpLimits.defaults(), Optional.of(files));
        try (var gateway = new Gateway(GatewayConfig.defaults().withServer(server))) {
            environment.put("SERVER_TLS_CERT", files.certificate().toString());
            environment.put("SERVER_TLS_KEY", files.key().toString());
            Ended ended = explain(gateway.port(), "binance", "BTCUSDT");
            assertThat(ended.out()).endsWith("from https://127.0.0.1:" + gateway.port() + "\n");
            assertThat(brain("health", "--port", Integer.toString(gateway.port()))
                            .code())
                    .isZero();
            var stranger = TestCertificate.make("EC", folder).in(Files.createDirectory(folder.resolve("other")));
            environment.put("SERVER_TLS_CERT", stranger.certificate().toString());
            assertThat(explain(gateway.port(), "binance", "BTCUSDT").out()).contains("a gateway of its own");
            assertThat(brain("health", "--port", Integer.toString(gateway.port()))
                            .code())
                    .isEqualTo(1);
        }
    }
}
