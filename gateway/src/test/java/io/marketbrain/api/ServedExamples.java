package io.marketbrain.api;

import io.marketbrain.acceptance.SseClient;
import io.marketbrain.acceptance.TestGateway;
import io.marketbrain.provider.PlaybackServer;
import io.marketbrain.security.KeyRing;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The examples of the API description, each taken from a response of a running gateway with the mock market and a clock
 * that stands still. What differs from run to run is replaced by a constant; long lists are shortened.
 */
final class ServedExamples {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String CALL_ID = "9f2c1d8e7b6a5f40";
    private static final String QUOTE = "/api/v1/data/binance/BTCUSDT";
    private static final String CANDLES = "/api/v1/candles/binance/BTCUSDT?limit=2";
    private static final String METRIC = "marketbrain_turned_away_total";

    /** The members whose values differ from run to run, and what stands for them. */
    private static final Map<String, JsonNode> VOLATILE = Map.ofEntries(
            Map.entry("call_id", NODES.stringNode(CALL_ID)),
            Map.entry("response_time", NODES.numberNode(0.0012)),
            Map.entry("retry_after", NODES.numberNode(30)),
            Map.entry("uptime", NODES.numberNode(3600.5)),
            Map.entry("resume", NODES.stringNode("5f0c12ab.1042")),
            Map.entry("version", NODES.stringNode("1.0.0")),
            Map.entry("rss_bytes", NODES.numberNode(61_341_696)),
            Map.entry("heap_bytes", NODES.numberNode(18_210_304)),
            Map.entry("cpu", NODES.numberNode(0.0021)),
            Map.entry("disk_bytes_written", NODES.numberNode(0)),
            Map.entry("log_dropped", NODES.numberNode(0)),
            Map.entry("open_connections", NODES.numberNode(1)));

    private final Path folder;
    private final ObjectNode examples = NODES.objectNode();

    private ServedExamples(Path folder) {
        this.folder = folder;
    }

    /** Every example by its name, as in {@code components/examples.json}. Keeps state in {@code folder}. */
    static JsonNode record(Path folder) {
        var served = new ServedExamples(folder);
        try (TestGateway gateway = served.gateway(
                "plain",
                "budgets.month.limit",
                "100000",
                "budgets.binance-day.limit",
                "5000",
                "budgets.binance-day.per",
                "day",
                "budgets.binance-day.provider",
                "binance")) {
            served.data(gateway.client);
            served.system(gateway.client);
            served.alerts(gateway.client);
            served.pages(gateway.client);
            served.callerProblems(gateway.client);
        }
        served.accessProblems();
        served.providerProblems();
        served.doubtfulData();
        served.gatewayProblems();
        var sorted = new TreeMap<String, JsonNode>();
        served.examples.properties().forEach(example -> sorted.put(example.getKey(), example.getValue()));
        return NODES.objectNode().setAll(sorted);
    }

    private TestGateway gateway(String name, String... settings) {
        // Whether a request is answered from the cache must not depend on the time between two of them.
        var all = new ArrayList<>(List.of("MOCK_CLOCK", "2024-02-21T09:30:00Z", "CACHE_MOCK_TTL", "1m"));
        all.addAll(List.of(settings));
        return TestGateway.with(folder.resolve(name), all.toArray(String[]::new));
    }

    private void data(ContractClient client) {
        json("quote", "A mock quote", get(client, QUOTE));
        json(
                "candles_batch",
                "Candles and a problem",
                get(client, "/api/v1/candles?symbols=binance:BTCUSDT,nowhere:BTCUSDT&interval=1h&limit=1"));
        text(
                "candles_batch_csv",
                "CSV",
                get(client, "/api/v1/candles?symbols=binance:BTCUSDT,yahoo:AAPL&interval=1h&limit=1&format=csv"));
        json("quotes", "A quote and a problem", get(client, "/api/v1/quotes?symbols=binance:BTCUSDT,nowhere:BTCUSDT"));
        json("candles", "The last two candles", get(client, CANDLES));
        text("candles_csv", "CSV", get(client, CANDLES + "&format=csv"));
        List<String> lines =
                get(client, CANDLES + "&format=ndjson").text().lines().toList();
        json("candle_line", "A candle", ContractDocument.JSON.readTree(lines.getFirst()));
        json("candle_trailer", "The trailer", ContractDocument.JSON.readTree(lines.getLast()));
        json("book", "The best two levels", get(client, "/api/v1/book/binance/BTCUSDT?depth=2"));
        json("trades", "The last two trades", get(client, "/api/v1/trades/binance/BTCUSDT?limit=2"));
        json("series", "The last two observations", get(client, "/api/v1/series/mock/GDP?limit=2"));
        json(
                "series_funding",
                "Funding rates",
                get(client, "/api/v1/series/binancefutures/funding_rate:BTCUSDT?limit=2"));
        text("series_csv", "CSV", get(client, "/api/v1/series/binancefutures/funding_rate:BTCUSDT?limit=2&format=csv"));
        problem("upgrade_required", get(client, "/ws"));
        json("news", "One item", get(client, "/api/v1/news/mock?limit=1"));
    }

    private void system(ContractClient client) {
        json("symbols", "The first two matches", get(client, "/api/v1/symbols?q=bitcoin&limit=2&provider=kraken"));
        json("convert", "By the euro", get(client, "/api/v1/convert?amount=100&from=USD&to=JPY&provider=ecb"));
        json("providers", "All providers", get(client, "/api/v1/providers"));
        json("provider", "A provider in mock mode", get(client, "/api/v1/providers/binance"));
        json("live", "Alive", get(client, "/health/live"));
        json("ready", "Ready", get(client, "/health/ready"));
        json("budget", "Two budgets", get(client, "/api/v1/budget"));
        json("purge_cache", "Purged", send(client, "DELETE", "/api/v1/cache/binance/BTCUSDT"));
        json(
                "metrics",
                "One metric of many",
                onlyOne(get(client, "/api/v1/metrics").json()));
        text(
                "prometheus",
                "One metric of many",
                get(client, "/metrics")
                        .text()
                        .lines()
                        .filter(line -> line.contains(METRIC))
                        .map(line -> line + "\n")
                        .reduce("", String::concat));
        // These go on in the background, so nothing is counted after them.
        json("warm_cache", "Accepted", send(client, "POST", "/api/v1/background/warm-cache?symbols=mock:AAPL"));
        json(
                "warm_bare_symbols",
                "Accepted",
                send(client, "POST", "/api/v1/background/warm-cache?symbols=BTCUSDT&symbols=ETHUSDT"));
        try (TestGateway fresh = gateway("fresh")) {
            json("health", "A gateway that has just started", get(fresh.client, "/health"));
            json("status", "A gateway that has just started", get(fresh.client, "/api/v1/status"));
            json(
                    "layers",
                    "The first three of many",
                    firstThree(get(fresh.client, "/api/v1/layers").json()));
            json("stream", "The first event of a quote", firstEvent(fresh.client));
            socket(fresh.client);
        }
    }

    private void alerts(ContractClient client) {
        String path = "/api/v1/alerts";
        String btc = """
            {"id": "btc-70k", "symbol": "binance:BTCUSDT", "condition": {"type": "crosses", "price": "70000", "direction": "up"},
             "webhook": "https://hooks.example.com/services/secret", "note": "the round number"}\
            """;
        json("alert_created", "A price alert", up(sendJson(client, "POST", path, btc)));
        problem("alert_conflict", sendJson(client, "POST", path, btc));
        json("alerts", "All alerts", up(get(client, path)));
        json("alert", "A price alert", up(get(client, path + "/btc-70k")));
        json("alert_paused", "A paused alert", sendJson(client, "PATCH", path + "/btc-70k", "{\"paused\": true}"));
        json("alert_deleted", "Deleted", send(client, "DELETE", path + "/btc-70k"));
        problem("unknown_alert", get(client, path + "/nothing"));
        try (TestGateway ticking = TestGateway.with(folder.resolve("alerts"), "streams.simulated_period", "50ms")) {
            String moves = """
                {"id": "btc-moves", "symbol": "binance:BTCUSDT", "condition": {"type": "moves", "percent": "0.0001", "window": "5m"}}\
                """;
            sendJson(ticking.client, "POST", path, moves);
            json("alert_stream", "A firing", constantFiring(firstFiring(ticking.client)));
            json(
                    "alert_log",
                    "A firing",
                    constantFiring(get(ticking.client, path + "/log").json()));
            try (TestGateway other = TestGateway.with(folder.resolve("alerts"))) {
                problem("alerts_unavailable", get(other.client, path));
            }
        }
    }

    /** The response as it is a moment later, when the feed is up. */
    private static JsonNode up(ContractClient.Answer answer) {
        JsonNode json = answer.json();
        json.findParents("feed").forEach(parent -> ((ObjectNode) parent).put("feed", "up"));
        return json;
    }

    private static JsonNode firstFiring(ContractClient client) {
        try (var events = new SseClient(client.port(), "/api/v1/alerts/stream?last_event_id=1")) {
            return events.until(event -> event.name().equals("alert")).getLast().data();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A firing of the market as it is now, with the prices and times of another one. */
    private static JsonNode constantFiring(JsonNode value) {
        Map<String, JsonNode> constants = Map.of(
                "id", NODES.stringNode("btc-moves-1-lsvqdz40"),
                "seq", NODES.numberNode(1_708_507_800_000_000L),
                "at", NODES.stringNode("2024-02-21T09:30:00Z"),
                "price", NODES.stringNode("51712.04"),
                "previous_price", NODES.stringNode("51711.88"),
                "direction", NODES.stringNode("up"),
                "text",
                        NODES.stringNode(
                                "binance:BTC/USDT moved up by 0.0001 % or more within 5m: from 51711.88 to 51712.04"
                                        + " (mock)"));
        constants.forEach((name, constant) ->
                value.findParents(name).forEach(parent -> ((ObjectNode) parent).set(name, constant)));
        return value;
    }

    private static ContractClient.Answer sendJson(ContractClient client, String method, String target, String body) {
        return client.send(method, target, body, new String[] {"X-Request-Id", CALL_ID});
    }

    private static JsonNode firstEvent(ContractClient client) {
        try (var events = new SseClient(client.port(), "/api/v1/stream?symbols=binance:BTCUSDT")) {
            return events.until(event -> event.name().equals("snapshot"))
                    .getLast()
                    .data();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the gateway sends over a WebSocket: the response to a subscription, its first data, and an error. */
    private void socket(ContractClient client) {
        var received = new LinkedBlockingQueue<JsonNode>();
        var listener = new WebSocket.Listener() {
            private final StringBuilder text = new StringBuilder();

            @Override
            public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
                text.append(data);
                if (last) {
                    received.add(ContractDocument.JSON.readTree(text.toString()));
                    text.setLength(0);
                }
                socket.request(1);
                return null;
            }
        };
        try (var http = HttpClient.newHttpClient()) {
            WebSocket socket = http.newWebSocketBuilder()
                    .buildAsync(URI.create("ws://127.0.0.1:" + client.port() + "/ws"), listener)
                    .join();
            socket.sendText("{\"op\":\"subscribe\",\"id\":1,\"symbols\":[\"binance:BTCUSDT\"]}", true)
                    .join();
            json("socket_ack", "The response to a subscription", next(received, "ack"));
            json("socket_event", "The first data", next(received, "snapshot"));
            socket.sendText("{\"op\":\"dance\",\"id\":2}", true).join();
            json("socket_error", "The response to what is no request", next(received, "error"));
            socket.abort();
        }
    }

    private static JsonNode next(BlockingQueue<JsonNode> received, String type) {
        try {
            while (true) {
                JsonNode message = received.poll(30, TimeUnit.SECONDS);
                if (message == null) {
                    throw new IllegalStateException("no " + type + " in time");
                }
                if (message.get("type").asString().equals(type)) {
                    return message;
                }
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode onlyOne(JsonNode metrics) {
        ArrayNode kept = NODES.arrayNode();
        metrics.at("/metrics/families").forEach(metric -> {
            if (metric.get("name").asString().equals(METRIC)) {
                kept.add(metric);
            }
        });
        ((ObjectNode) metrics.get("metrics")).set("families", kept);
        return metrics;
    }

    private static JsonNode firstThree(JsonNode layers) {
        var shortened = (ObjectNode) layers;
        ArrayNode kept = NODES.arrayNode();
        for (int i = 0; i < 3; i++) {
            kept.add(layers.get("layers").get(i));
        }
        return shortened.put("count", 3).set("layers", kept);
    }

    private void pages(ContractClient client) {
        json("entry", "The entry point", get(client, "/"));
        text("docs_page", "The page", get(client, "/docs"));
        text("redoc_page", "The page", get(client, "/redoc"));
        text("image", "mark.svg", get(client, "/assets/mark.svg"));
        text("problem_list", "All problem types", get(client, "/problems"));
        text("problem_text", "What `rate-limited` means", get(client, "/problems/rate-limited"));
        var whole = get(client, "/openapi.json").json();
        ObjectNode outline = NODES.objectNode();
        outline.set("openapi", whole.get("openapi"));
        outline.putObject("info").set("title", whole.at("/info/title"));
        outline.putObject("paths");
        outline.putObject("components");
        json("openapi", "An outline of it", outline);
    }

    private void callerProblems(ContractClient client) {
        problem("malformed", get(client, "/api/v1/providers/%FF"));
        problem("method_not_allowed", send(client, "POST", QUOTE));
        problem("unknown_path", get(client, "/assets/nothing.css"));
        problem("unknown_provider", get(client, "/api/v1/data/binanse/BTCUSDT"));
        problem("unknown_instrument", get(client, "/api/v1/data/binance/FOO%3F"));
        problem("ambiguous", get(client, "/api/v1/data/binance/BTC"));
        problem("invalid", get(client, "/api/v1/candles/binance/BTCUSDT?limit=0"));
        problem("unsupported", get(client, "/api/v1/news/binance"));
    }

    private void accessProblems() {
        try (TestGateway gateway = gateway("access")) {
            String key = new KeyRing(folder.resolve("access/state/keys"))
                    .create("reader", false, Instant.EPOCH, new SecureRandom());
            problem("forbidden", send(gateway.client, "DELETE", "/api/v1/cache/binance/BTCUSDT", "X-API-Key", key));
            problem("unauthenticated", get(gateway.client, QUOTE, "X-API-Key", "mib_unknown"));
        }
    }

    private void providerProblems() {
        try (TestGateway faulty = gateway(
                "faulty",
                "MOCK_ERROR_RATE",
                "1",
                "RESILIENCE_RETRY_ATTEMPTS",
                "1",
                "RESILIENCE_BREAKER_CALLS",
                "1",
                "RESILIENCE_BREAKER_MINIMUM",
                "1",
                "RESILIENCE_BREAKER_OPEN_FOR",
                "1h",
                "RESILIENCE_BREAKER_LONGEST_OPEN",
                "1h")) {
            problem("upstream_faulty", get(faulty.client, QUOTE));
            problem("circuit_open", get(faulty.client, "/api/v1/data/binance/ETHUSDT"));
        }
        try (TestGateway busy = gateway(
                "busy", "MOCK_THROTTLE_RATE", "1", "MOCK_RETRY_AFTER", "30s", "RESILIENCE_RETRY_ATTEMPTS", "1")) {
            problem("throttled", get(busy.client, QUOTE));
        }
        try (TestGateway slow = gateway("slow", "MOCK_LATENCY", "30s")) {
            problem("deadline_passed", get(slow.client, QUOTE + "?timeout=0.1"));
        }
    }

    private void doubtfulData() {
        try (PlaybackServer upstream = PlaybackServer.start().on("/api/v3/ticker/24hr", PlaybackServer.json("""
            {"symbol":"BTCUSDT","lastPrice":"100","bidPrice":"101","bidQty":"1","askPrice":"99","askQty":"1","openPrice":"98",\
            "highPrice":"102","lowPrice":"97","volume":"5","quoteVolume":"500","closeTime":0}\
            """))) {
            try (TestGateway live = gateway(
                    "live",
                    "LIVE_PROVIDERS",
                    "binance",
                    "BINANCE_BASE_URL",
                    upstream.url().toString())) {
                problem("upstream_untrusted", get(live.client, QUOTE));
                json("quote_untrusted", "A quote with warnings", get(live.client, QUOTE + "?allow=untrusted"));
            }
        }
    }

    private void gatewayProblems() {
        try (var fixture = new ApiFixture((query, call) -> {
            throw new IllegalStateException("a bug, made for the example");
        })) {
            problem("internal", get(fixture.client, "/api/v1/data/exchange/BTCUSDT"));
            problem(
                    "nothing_to_warm",
                    send(fixture.client, "POST", "/api/v1/background/warm-cache?symbols=exchange:BTCUSDT"));
            fixture.ready = false;
            problem("stopping", get(fixture.client, "/health/ready"));
        }
    }

    private static ContractClient.Answer get(ContractClient client, String target, String... headers) {
        return send(client, "GET", target, headers);
    }

    private static ContractClient.Answer send(ContractClient client, String method, String target, String... headers) {
        var all = new ArrayList<>(List.of("X-Request-Id", CALL_ID));
        all.addAll(List.of(headers));
        return client.send(method, target, all.toArray(String[]::new));
    }

    private void problem(String name, ContractClient.Answer answer) {
        JsonNode problem = answer.json();
        json("problem_" + name, problem.get("title").asString(), problem);
    }

    private void json(String name, String summary, ContractClient.Answer answer) {
        json(name, summary, answer.json());
    }

    private void json(String name, String summary, JsonNode value) {
        put(name, summary, steady(value));
    }

    private void text(String name, String summary, ContractClient.Answer answer) {
        text(name, summary, answer.text());
    }

    private void text(String name, String summary, String value) {
        put(name, summary, NODES.stringNode(value));
    }

    private void put(String name, String summary, JsonNode value) {
        ObjectNode example = NODES.objectNode().put("summary", summary);
        example.set("value", value);
        if (examples.has(name)) {
            throw new IllegalStateException("two examples " + name);
        }
        examples.set(name, example);
    }

    private static JsonNode steady(JsonNode value) {
        if (value instanceof ObjectNode object) {
            ObjectNode copy = NODES.objectNode();
            object.properties()
                    .forEach(member -> copy.set(
                            member.getKey(),
                            member.getValue().isValueNode() && VOLATILE.containsKey(member.getKey())
                                    ? VOLATILE.get(member.getKey())
                                    : steady(member.getValue())));
            return copy;
        }
        if (value instanceof ArrayNode array) {
            ArrayNode copy = NODES.arrayNode();
            array.forEach(item -> copy.add(steady(item)));
            return copy;
        }
        return value.isString() ? NODES.stringNode(steady(value.asString())) : value;
    }

    /** A wait in a message is that of {@code retry_after}. */
    private static String steady(String message) {
        return message.replaceAll("next attempt in \\d+ s", "next attempt in 30 s");
    }
}
