package io.marketbrain.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.config.ConfigInputs;
import io.marketbrain.config.ConfigLoader;
import io.marketbrain.config.ConfigResult;
import io.marketbrain.http.RawClient;
import io.marketbrain.provider.PlaybackServer;
import io.marketbrain.provider.descriptor.Descriptors;
import io.marketbrain.security.KeyRing;
import io.marketbrain.security.Secret;
import io.marketbrain.security.SecretsConfig;
import io.marketbrain.security.SecretsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Starts a gateway process with a recognisable secret in every place that accepts one, and sends it requests that make
 * everything fail that can. Afterwards no secret may appear in any place that someone could inspect.
 */
@Timeout(180)
class PlantedSecretsTest {
    private static final String API_KEY = "plantedBinanceKey0123456789abcdef";
    private static final String API_SECRET = "plantedBinanceSecret0123456789abcdef";
    private static final String REDIS = "plantedRedisPassword77";
    private static final String PASSPHRASE = "plantedPassphrase99";
    private static final String WRONG = "mib_plantedWrongKey0123456789abcdefghijklmnopqrs";

    @TempDir
    Path folder;

    private final List<String> seen = new ArrayList<>();
    private final Map<String, String> environment = new LinkedHashMap<>();

    private Process start(PlaybackServer upstream) throws Exception {
        var secrets = new SecretsFile(
                new SecretsConfig(folder.resolve("state/secrets"), folder.resolve("none"), Secret.of(PASSPHRASE)));
        secrets.change(
                kept -> {
                    kept.put("BINANCE_API_KEY", API_KEY);
                    kept.put("REDIS_URL", "redis://user:" + REDIS + "@127.0.0.1:1");
                },
                new SecureRandom());
        environment.put("SECRETS_PASSPHRASE", PASSPHRASE);
        environment.put("BINANCE_API_SECRET", API_SECRET);
        environment.put("BINANCE_BASE_URL", upstream.url().toString());
        environment.put("BRAIN_HOME", folder.toString());
        environment.put("LOG_LEVEL", "TRACE");
        environment.put("SERVER_PORT", "0");
        return java("gateway", List.of("io.marketbrain.Main"));
    }

    private Process java(String name, List<String> arguments) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx128m", "-cp"));
        command.add(System.getProperty("java.class.path"));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.redirectOutput(folder.resolve(name + ".out").toFile());
        builder.redirectError(folder.resolve(name + ".err").toFile());
        return builder.start();
    }

    private int port() throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (System.nanoTime() < end) {
            String out = Files.readString(folder.resolve("gateway.out"));
            int at = out.indexOf("http://127.0.0.1:");
            if (at >= 0 && out.indexOf('\n', at) > 0) {
                return Integer.parseInt(
                        out.substring(at + "http://127.0.0.1:".length()).split("[^0-9]", 2)[0]);
            }
            Thread.sleep(50);
        }
        throw new AssertionError("the gateway did not start: " + Files.readString(folder.resolve("gateway.err")));
    }

    private Callable<Integer> request(int port, String bytes) {
        return () -> {
            try (RawClient wire = new RawClient(port)) {
                RawClient.Answer answer = wire.send(bytes).answer();
                String text = answer.statusLine() + answer.headers() + answer.body();
                synchronized (seen) {
                    seen.add(text);
                }
                return answer.status();
            }
        };
    }

    private static String get(String target, String... headers) {
        return "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n"
                + String.join(
                        "",
                        java.util.Arrays.stream(headers).map(h -> h + "\r\n").toList()) + "\r\n";
    }

    /** A provider that fails in every way and echoes the key that it received. */
    private static void misbehave(PlaybackServer upstream) {
        upstream.on("/api/v3/ticker/24hr", (request, line) -> {
            String key = String.valueOf(request.headers().get("x-mbx-apikey"));
            String body = "{\"code\":-2014,\"msg\":\"API-key format invalid: " + key + "\"}";
            switch (String.valueOf(request.parameters().get("symbol")).length() % 4) {
                case 0 -> PlaybackServer.status(401, body).send(request, line);
                case 1 -> PlaybackServer.status(400, body).send(request, line);
                case 2 -> PlaybackServer.status(500, body).send(request, line);
                default -> PlaybackServer.json("<html>" + key + "</html>").send(request, line);
            }
        });
    }

    private List<Callable<Integer>> load(int port, String alice, String ops) {
        var load = new ArrayList<Callable<Integer>>();
        for (int round = 0; round < 8; round++) {
            for (String symbol : List.of("BTC/USDT", "ETHH/USDT", "XRPPP/USDT", "SOLLLL/USDT")) {
                String target = "/api/v1/data/binance/" + symbol + "?timeout=5&explain=true&mock_when_down=false";
                load.add(request(port, get(target, "X-API-Key: " + alice)));
                load.add(request(port, get("/api/v1/quotes?symbols=binance:BTCUSDT,binance:" + API_KEY)));
            }
            load.add(request(port, get("/api/v1/book/binance/BTCUSDT", "Authorization: Bearer " + ops)));
            for (String planted : List.of(API_KEY, API_SECRET, REDIS, PASSPHRASE, alice)) {
                load.add(request(port, get("/api/v1/data/binance/" + planted)));
                load.add(request(port, get("/api/v1/data/" + planted + "/BTCUSDT")));
                load.add(request(port, get("/" + planted)));
                load.add(request(port, get("/api/v1/data/binance/BTCUSDT?api_key=" + planted)));
                load.add(request(port, get("/api/v1/data/binance/BTCUSDT?" + planted + "=1")));
                load.add(request(port, get("/api/v1/candles/binance/BTCUSDT?interval=" + planted)));
                load.add(request(port, get("/api/v1/data/binance/BTCUSDT", "X-API-Key: " + planted)));
                load.add(request(port, get("/api/v1/status", "Host: " + planted)));
                load.add(request(port, get("/problems/" + planted)));
                load.add(request(port, planted + " / HTTP/1.1\r\nHost: localhost\r\n\r\n"));
                load.add(request(port, get("/a//" + planted)));
                if (round == 0) {
                    load.addAll(elsewhere(port, planted));
                }
            }
            load.add(request(port, get("/api/v1/data/binance/BTCUSDT", "X-API-Key: " + WRONG)));
        }
        return load;
    }

    /** Requests with a key where no key belongs. */
    private List<Callable<Integer>> elsewhere(int port, String planted) {
        String post = "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n%s\r\n";
        var requests = new ArrayList<Callable<Integer>>();
        for (String form : List.of(planted, percentEncoded(planted))) {
            requests.add(request(port, get("/api/v1/data/binance/" + form)));
            requests.add(request(port, get("/api/v1/data/binance/BTCUSDT?api_key=" + form)));
            requests.add(request(port, post.formatted("/api/v1/" + form, "")));
            requests.add(request(port, post.formatted("/" + form, "X-API-Key: " + planted + "\r\n")));
            requests.add(request(port, post.formatted("/api/v1/background/warm-cache?symbols=" + form, "")));
        }
        for (String header : List.of(
                "X-Request-Id: " + planted,
                "X-Request-Id: a-" + planted + "-b",
                "Authorization: Token " + planted,
                "Authorization: " + planted,
                "Authorization: Basic " + base64(planted),
                "Authorization: Basic " + base64("user:" + planted),
                "Cookie: key=" + planted,
                "Referer: http://localhost/?api_key=" + planted,
                "Origin: http://" + planted,
                planted + ": 1")) {
            requests.add(request(port, get("/api/v1/data/binance/BTCUSDT", header)));
            requests.add(request(port, post.formatted("/api/v1/background/warm-cache", header + "\r\n")));
        }
        return requests;
    }

    private static String percentEncoded(String text) {
        var encoded = new StringBuilder();
        text.chars().forEach(c -> encoded.append(String.format("%%%02X", c)));
        return encoded.toString();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    @Test
    void appear_in_no_response_log_metric_dump_or_thread_name_after_failures() throws Exception {
        Path state = Files.createDirectories(folder.resolve("state"));
        var ring = new KeyRing(state.resolve("keys"));
        String alice = ring.create("alice", false, Instant.EPOCH, new SecureRandom());
        String ops = ring.create("ops", true, Instant.EPOCH, new SecureRandom());
        try (var upstream = PlaybackServer.start();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            misbehave(upstream);
            Process gateway = start(upstream);
            try {
                int port = port();
                for (var answer : threads.invokeAll(load(port, alice, ops))) {
                    assertThat(answer.get()).isBetween(200, 599);
                }
                assertThat(upstream.asked("/api/v3/ticker/24hr"))
                        .as("the key must have reached the provider")
                        .anyMatch(request -> API_KEY.equals(request.headers().get("x-mbx-apikey")));
                String warm =
                        "POST /api/v1/background/warm-cache?symbols=binance:BTCUSDT HTTP/1.1\r\nHost: localhost\r\n";
                assertThat(request(port, warm + "X-Request-Id: audited-1\r\nX-API-Key: " + ops + "\r\n\r\n")
                                .call())
                        .isEqualTo(202);
                assertThat(request(port, warm + "X-Request-Id: audited-2\r\nX-API-Key: " + alice + "\r\n\r\n")
                                .call())
                        .isEqualTo(403);
                for (String target : List.of(
                        "/",
                        "/health",
                        "/metrics",
                        "/api/v1/metrics",
                        "/api/v1/status",
                        "/api/v1/layers",
                        "/api/v1/budget",
                        "/api/v1/providers",
                        "/api/v1/providers/binance",
                        "/openapi.json",
                        "/config",
                        "/api/v1/config")) {
                    assertThat(request(port, get(target)).call()).as(target).isIn(200, 404);
                }
                dump(gateway);
            } finally {
                gateway.destroy();
                assertThat(gateway.waitFor(30, TimeUnit.SECONDS)).isTrue();
            }
        }
        for (List<String> command : List.of(
                List.of("io.marketbrain.Main", "config", "--format", "json"),
                List.of("io.marketbrain.Main", "providers"),
                List.of("io.marketbrain.Main", "secrets", "list"),
                List.of("io.marketbrain.Main", "keys", "list"))) {
            assertThat(java(command.get(1), command).waitFor()).isZero();
        }
        String log = Files.readString(folder.resolve("gateway.out"));
        assertThat(log).contains("[audited-1] audit: POST /api/v1/background/warm-cache by ops: allowed");
        assertThat(log).contains("[audited-2] audit: POST /api/v1/background/warm-cache by alice: forbidden");
        var everywhere = new LinkedHashMap<String, String>();
        everywhere.put("answers", String.join("\n", seen));
        everywhere.put("toString", inWords());
        try (var files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                everywhere.put(file.toString(), Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1));
            }
        }
        assertThat(everywhere.keySet()).anyMatch(name -> name.endsWith("config.out"));
        for (String planted : List.of(API_KEY, API_SECRET, REDIS, PASSPHRASE, alice, ops, WRONG)) {
            everywhere.forEach((where, text) -> {
                assertThat(text.contains(percentEncoded(planted)) || text.contains(base64(planted)))
                        .as(planted + ", encoded, in " + where)
                        .isFalse();
                int at = text.indexOf(planted);
                assertThat(at < 0 ? "" : text.substring(Math.max(0, at - 200), Math.min(text.length(), at + 80)))
                        .as(planted + " in " + where)
                        .isEmpty();
            });
        }
    }

    /** The names and stack traces of all threads. */
    private void dump(Process gateway) throws Exception {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Process dump = new ProcessBuilder(jcmd.toString(), Long.toString(gateway.pid()), "Thread.print", "-l")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("threads").toFile())
                .start();
        assertThat(dump.waitFor()).isZero();
        assertThat(Files.readString(folder.resolve("threads"))).contains("http-accept");
    }

    /** The settings as the gateway displays them. */
    private String inWords() {
        var inputs = new ConfigInputs(Map.of(), Map.of(), environment, folder, folder, Optional.empty());
        var loaded = (ConfigResult.Loaded) ConfigLoader.load(inputs, Descriptors.builtIn());
        assertThat(loaded.config().secrets()).hasSize(4);
        return loaded + " " + loaded.config() + " "
                + new String(loaded.settings().toString().getBytes(UTF_8), UTF_8);
    }
}
