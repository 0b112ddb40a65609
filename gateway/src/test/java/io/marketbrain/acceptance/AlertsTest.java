package io.marketbrain.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.marketbrain.api.ContractClient;
import io.marketbrain.http.RawClient;
import io.marketbrain.security.KeyRing;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Alerts of a whole gateway: evaluated on the mock market, delivered to a receiver on a real socket, kept over a kill. */
@Timeout(120)
class AlertsTest {
    private static final String ALERTS = "/api/v1/alerts";
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    Path folder;

    private final BlockingQueue<String> keys = new LinkedBlockingQueue<>();
    private final BlockingQueue<JsonNode> bodies = new LinkedBlockingQueue<>();
    private final Queue<Integer> statuses = new ConcurrentLinkedQueue<>();
    private HttpServer receiver;

    @BeforeEach
    void listen() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            try (exchange) {
                bodies.add(JSON.readTree(exchange.getRequestBody().readAllBytes()));
                keys.add(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
                Integer status = statuses.poll();
                exchange.sendResponseHeaders(status == null ? 200 : status, -1);
            }
        });
        receiver.start();
    }

    @AfterEach
    void stopListening() {
        receiver.stop(0);
    }

    /** An alert that the mock market makes fire within moments. */
    private String moving(String id, String more) {
        return """
            {"id": "%s", "symbol": "binance:BTCUSDT", "condition": {"type": "moves", "percent": "0.0000001", "window": "5m"},
             "webhook": "http://127.0.0.1:%d/hooks/planted-secret"%s}\
            """.formatted(id, receiver.getAddress().getPort(), more);
    }

    private static ContractClient.Answer post(TestGateway gateway, String body, String... headers) {
        return gateway.client.sendJson("POST", ALERTS, body, headers);
    }

    private String nextKey() throws InterruptedException {
        String key = keys.poll(30, TimeUnit.SECONDS);
        assertThat(key).as("a webhook").isNotNull();
        return key;
    }

    private TestGateway gateway(String... more) {
        var settings = new java.util.ArrayList<>(List.of(
                "alerts.allow_private_targets",
                "true",
                "alerts.retry_first",
                "50ms",
                "streams.simulated_period",
                "50ms"));
        settings.addAll(List.of(more));
        return TestGateway.with(folder, settings.toArray(String[]::new));
    }

    @Test
    void a_firing_reaches_the_receiver_with_one_key_however_often_it_is_sent() throws Exception {
        statuses.addAll(List.of(500, 503));
        try (TestGateway gateway = gateway()) {
            var created = post(gateway, moving("btc", ", \"note\": \"wake up\""));
            assertThat(created.status()).isEqualTo(201);
            assertThat(created.header("Location")).isEqualTo(ALERTS + "/btc");
            assertThat(created.json().at("/alert/mode").asString()).isEqualTo("mock");
            String key = nextKey();
            assertThat(List.of(nextKey(), nextKey())).containsOnly(key);
            JsonNode body = bodies.take();
            assertThat(body.get("id").asString()).isEqualTo(key);
            assertThat(body.get("mock").asBoolean()).isTrue();
            assertThat(body.get("note").asString()).isEqualTo("wake up");
            awaitLog(gateway, "\"delivered\"");
            String all =
                    gateway.get(ALERTS + "/log").text() + gateway.get(ALERTS).text();
            assertThat(all).contains("HTTP 500", "HTTP 503", "HTTP 200", "/…").doesNotContain("planted-secret");
            assertThat(gateway.get(ALERTS + "/btc").json().at("/alert/state").asString())
                    .isEqualTo("done");
            assertThat(keys).isEmpty();
        }
    }

    private static void awaitLog(TestGateway gateway, String what) throws InterruptedException {
        for (int i = 0; i < 300 && !gateway.get(ALERTS + "/log").text().contains(what); i++) {
            Thread.sleep(50);
        }
        assertThat(gateway.get(ALERTS + "/log").text()).contains(what);
    }

    @Test
    void an_alert_and_a_firing_that_was_not_accepted_survive_a_kill() throws Exception {
        statuses.addAll(List.of(503, 503, 503, 503, 503, 503, 503, 503, 503));
        var environment = Map.of(
                "STATE_FOLDER", folder.resolve("state").toString(),
                "ALERTS_ALLOW_PRIVATE_TARGETS", "true",
                "ALERTS_RETRY_FIRST", "5s");
        String key;
        try (GatewayProcess gateway = GatewayProcess.start(folder, environment)) {
            assertThat(post(gateway.port(), moving("btc", ""))).isEqualTo(201);
            assertThat(post(gateway.port(), """
                {"id": "far", "symbol": "binance:BTCUSDT", "condition": {"type": "crosses", "price": "1"}}\
                """)).isEqualTo(201);
            key = nextKey();
        } // killed
        statuses.clear();
        try (GatewayProcess gateway = GatewayProcess.start(folder, environment)) {
            gateway.port();
            assertThat(nextKey()).isEqualTo(key);
            assertThat(gateway.get(ALERTS).body())
                    .contains("\"id\":\"btc\"", "\"id\":\"far\"", "\"done\"", "\"armed\"");
        }
    }

    private static int post(int port, String body) throws IOException {
        try (var wire = new RawClient(port)) {
            return wire.send("POST " + ALERTS
                            + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                            + body.getBytes(UTF_8).length + "\r\nConnection: close\r\n\r\n" + body)
                    .answer()
                    .status();
        }
    }

    @Test
    void targets_in_the_network_of_the_gateway_are_rejected_unless_they_are_allowed() {
        try (TestGateway gateway = TestGateway.with(folder)) {
            for (String target : List.of(
                    "http://127.0.0.1/",
                    "http://localhost:9/",
                    "http://[::1]/",
                    "http://[::ffff:10.0.0.1]/",
                    "http://2130706433/",
                    "http://0x7f000001/",
                    "https://169.254.169.254/latest",
                    "http://a:b@example.com/",
                    "ftp://example.com/")) {
                var answer = post(gateway, moving("btc", "").replaceAll("http://127[^\"]*", target));
                assertThat(answer.status()).as(target).isEqualTo(422);
                assertThat(answer.json().get("field").asString()).isEqualTo("webhook");
            }
            assertThat(gateway.get(ALERTS).json().get("count").asInt()).isZero();
        }
    }

    @Test
    void a_wrong_member_is_named() {
        try (TestGateway gateway = TestGateway.with(folder)) {
            Map.ofEntries(
                            Map.entry("{\"symbol\": \"binance:BTCUSDT\"}", "condition"),
                            Map.entry(
                                    "{\"symbol\": \"binance:BTCUSDT\", \"condition\": {\"type\": \"rises\"}}",
                                    "condition.type"),
                            Map.entry(
                                    "{\"symbol\": \"binance:BTCUSDT\", \"condition\": {\"type\": \"crosses\"}}",
                                    "condition.price"),
                            Map.entry(
                                    "{\"symbol\": \"binance:BTCUSDT\", \"condition\": {\"type\": \"crosses\","
                                            + " \"price\": \"x\"}}",
                                    "condition.price"),
                            Map.entry(
                                    "{\"symbol\": \"binance:BTCUSDT\", \"condition\": {\"type\": \"crosses\","
                                            + " \"price\": 1, \"window\": \"1h\"}}",
                                    "condition.window"),
                            Map.entry(
                                    "{\"symbol\": \"binance:BTCUSDT\", \"condition\": {\"type\": \"moves\","
                                            + " \"percent\": 0, \"window\": \"1h\"}}",
                                    "condition.percent"),
                            Map.entry(
                                    "{\"symbol\": \"binance:BTCUSDT\", \"condition\": {\"type\": \"moves\","
                                            + " \"percent\": 1}}",
                                    "condition.window"),
                            Map.entry(
                                    "{\"symbol\": \"binance:BTCUSDT\", \"condition\": {\"type\": \"moves\","
                                            + " \"percent\": 1, \"window\": \"90d\"}}",
                                    "condition.window"),
                            Map.entry(
                                    "{\"symbol\": \"binance:BTCUSDT\", \"condition\": {\"type\": \"provider_down\"}}",
                                    "symbol"),
                            Map.entry(
                                    "{\"symbol\": \"binancefutures:funding_rate:BTCUSDT\", \"condition\":"
                                            + " {\"type\": \"crosses\", \"price\": 0}}",
                                    "symbol"),
                            Map.entry("{\"condition\": {\"type\": \"budget\"}}", "budget"),
                            Map.entry(
                                    "{\"symbol\": \"binance:BTCUSDT\", \"condition\": {\"type\": \"stale\"}, \"once\":"
                                            + " true, \"cooldown\": \"1m\"}",
                                    "cooldown"),
                            Map.entry(
                                    "{\"symbol\": \"binance:BTCUSDT\", \"condition\": {\"type\": \"stale\"}, \"once\":"
                                            + " \"yes\"}",
                                    "once"),
                            Map.entry(
                                    "{\"symbol\": \"binance:BTCUSDT\", \"condition\": {\"type\": \"stale\"}, \"id\":"
                                            + " \"log\"}",
                                    "id"),
                            Map.entry("{\"symbols\": [], \"condition\": {\"type\": \"stale\"}}", "symbols"))
                    .forEach((body, field) -> {
                        var answer = post(gateway, body);
                        assertThat(answer.status()).as(body).isEqualTo(422);
                        assertThat(answer.json().get("field").asString())
                                .as(body)
                                .isEqualTo(field);
                    });
        }
    }

    @Test
    void only_administrators_change_alerts_and_see_where_webhooks_go() {
        try (TestGateway gateway = gateway()) {
            var keyRing = new KeyRing(folder.resolve("state/keys"));
            String reader = keyRing.create("reader", false, Instant.EPOCH, new SecureRandom());
            String admin = keyRing.create("ops", true, Instant.EPOCH, new SecureRandom());
            assertThat(post(gateway, moving("btc", ""), "X-API-Key", reader).status())
                    .isEqualTo(403);
            assertThat(post(gateway, moving("btc", ""), "X-API-Key", admin).status())
                    .isEqualTo(201);
            post(
                    gateway,
                    "{\"id\": \"spent\", \"budget\": \"month\", \"condition\": {\"type\": \"budget\"}}",
                    "X-API-Key",
                    admin);
            assertThat(gateway.get(ALERTS, "X-API-Key", reader).text())
                    .contains("\"btc\"")
                    .doesNotContain("webhook", "ops", "spent");
            assertThat(gateway.get(ALERTS, "X-API-Key", admin).text())
                    .contains("webhook", "\"owner\":\"ops\"", "spent");
        }
    }
}
