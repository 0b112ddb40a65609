package io.marketbrain.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.api.ContractClient;
import io.marketbrain.provider.PlaybackServer;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The counters and explanations that the layers of a running gateway report match what the layers did. */
class LayersEndpointTest {
    private static final String QUOTE = "/api/v3/ticker/24hr";

    @TempDir
    Path folder;

    private final PlaybackServer upstream = PlaybackServer.start();
    private TestGateway gateway;

    @BeforeEach
    void start() {
        gateway = TestGateway.live(
                folder,
                "binance",
                upstream,
                "COST_BINANCE",
                "1",
                "budgets.calls.limit",
                "8",
                "RESILIENCE_RETRY_FIRST_DELAY",
                "1ms");
        upstream.on(
                QUOTE,
                (request, line) -> PlaybackServer.json(
                                """
                        {"symbol":"%s","lastPrice":"1.0","bidPrice":"1.0","bidQty":"1.0","askPrice":"1.1",
                         "askQty":"2.0","openPrice":"1.0","highPrice":"1.0","lowPrice":"1.0","volume":"1.0",
                         "quoteVolume":"1.0","openTime":1700000000000,"closeTime":1700086400000,"firstId":1,
                         "lastId":2,"count":2}""".formatted(request.parameters().get("symbol")))
                        .send(request, line));
    }

    @AfterEach
    void stop() {
        gateway.close();
        upstream.close();
    }

    /** All layers, by stack and name. */
    private SortedMap<String, JsonNode> layers() {
        var layers = new TreeMap<String, JsonNode>();
        for (JsonNode layer : gateway.get("/api/v1/layers").json().get("layers")) {
            layers.put(layer.get("stack").asString() + "/" + layer.get("name").asString(), layer);
        }
        return layers;
    }

    private JsonNode quote(String symbol) {
        return gateway.get("/api/v1/data/" + symbol).json();
    }

    private static void put(Map<String, String> all, String stack, String counts, String... names) {
        for (String name : names) {
            all.put(stack + "/" + name, counts);
        }
    }

    @Test
    void every_layer_reports_exactly_the_work_that_it_did() {
        SortedMap<String, JsonNode> before = layers();
        before.forEach((name, layer) -> assertThat(layer.get("entered").asInt())
                .as(name)
                .isEqualTo(name.equals("request/server") || name.equals("request/caller") ? 1 : 0));

        for (String base : List.of("AAA", "BBB", "CCC", "DDD", "EEE", "AAA", "AAA")) {
            assertThat(quote("binance/" + base + "/USDT").get("success").asBoolean())
                    .isTrue();
        }
        assertThat(quote("coinbase/BTC/USD").get("mock").asBoolean()).isTrue();
        upstream.on(QUOTE, PlaybackServer.status(500, "{}"));
        assertThat(quote("binance/FFF/USDT").get("type").asString()).isEqualTo("/problems/upstream-faulty");

        // For every layer: requests that entered it, and requests that failed.
        var expected = new TreeMap<String, String>();
        put(expected, "request", "11 0", "server", "caller"); // nine data requests and two requests for the layers
        put(expected, "request", "9 1", "qos", "cache");
        put(expected, "request", "7 1", "orchestration");
        put(expected, "stream", "0 0", "sharing", "candles");
        put(expected, "binance", "6 1", "quality", "normalisation", "paging", "retry");
        put(
                expected,
                "binance",
                "8 3",
                "circuit-breaker",
                "retry-after",
                "quota",
                "bulkhead",
                "budget",
                "timeout",
                "provider");
        put(expected, "coinbase (mock)", "1 0", "normalisation", "provider");
        // A live provider has its stand-in from the start; an unused mock provider has no stack yet.
        put(expected, "binance (mock)", "0 0", "normalisation", "provider");
        var counted = new TreeMap<String, String>();
        SortedMap<String, JsonNode> after = layers();
        after.forEach((name, layer) -> counted.put(name, layer.get("entered") + " " + layer.get("failed")));
        assertThat(counted).isEqualTo(expected);

        assertThat(upstream.asked(QUOTE)).hasSize(8);
        expect(after, "request/server", "working", 1, "refused", 0, "gone", 0);
        expect(after, "request/caller", "turned_away_wrong_key", 0);
        expect(after, "request/qos", "admitted_high", 9, "admitted_low", 0, "shed", 0, "running_high", 0);
        expect(after, "request/cache", "l1_hits", 2, "misses", 7, "loads", 7, "loads_failed", 1, "purges", 0);
        expect(after, "request/orchestration", "attempts", 7, "hedges", 0);
        expect(after, "binance/retry", "retries", 2, "rescued", 0);
        expect(after, "binance/circuit-breaker", "refused", 0, "opened", 0);
        expect(after, "binance/retry-after", "asked", 0, "refused", 0);
        expect(after, "binance/quota", "refused", 0, "weight_per_60s_used", 16);
        expect(after, "binance/bulkhead", "calls", 0, "refused", 0);
        expect(after, "binance/budget", "paid", 8, "spent_micros", 8_000_000);
        expect(after, "binance/timeout", "ran_out", 0);
        after.forEach((name, layer) -> {
            if (layer.get("entered").asInt() == 0) {
                assertThat(layer).as("an idle layer's counters do not change").isEqualTo(before.get(name));
            }
        });
        assertThat(gateway.get("/api/v1/budget").json().at("/budgets/0/used").asString())
                .isEqualTo("8");
    }

    private static void expect(SortedMap<String, JsonNode> layers, String name, Object... counters) {
        for (int i = 0; i < counters.length; i += 2) {
            assertThat(layers.get(name).at("/counters/" + counters[i]).asInt(-1))
                    .as(name + " " + counters[i])
                    .isEqualTo(counters[i + 1]);
        }
    }

    @Test
    void a_call_over_budget_is_rejected_but_cached_data_is_still_served() {
        for (int i = 0; i < 8; i++) {
            quote("binance/A" + i + "/USDT");
        }
        JsonNode refused = quote("binance/A9/USDT");
        assertThat(refused.get("type").asString()).isEqualTo("/problems/budget-exhausted");
        assertThat(refused.get("policy").asString()).isEqualTo("calls");
        assertThat(refused.get("retry_after").asLong()).isPositive();
        assertThat(quote("binance/A0/USDT").get("success").asBoolean()).isTrue();
        assertThat(upstream.asked(QUOTE)).hasSize(8);
        assertThat(gateway.get("/api/v1/budget").json().at("/budgets/0/state").asString())
                .isEqualTo("exhausted");
    }

    @Test
    void lists_of_symbols_are_charged_as_well() {
        quote("binance/BTCUSDT");
        quote("binance/ETHBTCUSDT");
        quote("binance/WHAT");
        assertThat(upstream.asked()).anyMatch(request -> request.path().contains("exchangeInfo"));
        assertThat(gateway.get("/api/v1/budget").json().at("/budgets/0/used").asString())
                .isEqualTo(Integer.toString(upstream.asked().size()));
    }

    private static List<JsonNode> steps(ContractClient.Answer answer) {
        List<JsonNode> steps = new ArrayList<>();
        answer.json().at("/explain/layers").forEach(steps::add);
        return steps;
    }

    private static JsonNode step(List<JsonNode> steps, String layer) {
        return steps.stream()
                .filter(step -> step.get("layer").asString().equals(layer))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> inOrder(List<JsonNode> steps) {
        return steps.stream()
                .filter(step -> !step.get("layer").asString().equals("caller"))
                .map(step ->
                        step.get("layer").asString() + " " + step.get("outcome").asString())
                .toList();
    }

    @Test
    void explains_each_layer_in_order_with_its_time_and_decision() {
        List<JsonNode> steps = steps(gateway.get("/api/v1/data/binance/XYZ/USDT?explain=true"));
        assertThat(inOrder(steps))
                .containsExactly(
                        "qos ok",
                        "cache ok",
                        "orchestration ok",
                        "quality ok",
                        "normalisation ok",
                        "paging ok",
                        "retry ok",
                        "circuit-breaker ok",
                        "retry-after ok",
                        "quota ok",
                        "bulkhead ok",
                        "budget ok",
                        "timeout ok",
                        "provider ok");
        assertThat(step(steps, "qos").at("/notes/priority").asString()).isEqualTo("HIGH");
        assertThat(step(steps, "qos").at("/notes/queue_wait").isNumber()).isTrue();
        assertThat(step(steps, "cache").at("/notes/forward").asString()).isEqualTo("uri-miss");
        assertThat(step(steps, "orchestration").at("/notes/routes").asString()).startsWith("binance");
        assertThat(step(steps, "orchestration").at("/notes/attempt_1").asString())
                .startsWith("binance (live): ok after ");
        assertThat(step(steps, "circuit-breaker").at("/notes/state").asString()).isEqualTo("closed");
        assertThat(step(steps, "quota").at("/notes/weight").asInt()).isEqualTo(2);
        assertThat(step(steps, "budget").at("/notes/reserved").asString()).isEqualTo("1");
        assertThat(step(steps, "budget").at("/notes/charged").asString()).isEqualTo("1");
        assertThat(step(steps, "timeout").at("/notes/given").decimalValue()).isPositive();
        for (int i = 1; i < steps.size(); i++) {
            BigDecimal start = steps.get(i).get("start").decimalValue();
            assertThat(start)
                    .isGreaterThanOrEqualTo(steps.get(i - 1).get("start").decimalValue());
            if (steps.get(i).get("depth").asInt()
                    > steps.get(i - 1).get("depth").asInt()) {
                assertThat(start.add(steps.get(i).get("took").decimalValue()))
                        .as("a layer ends no later than the one around it, up to two microseconds of rounding")
                        .isLessThanOrEqualTo(steps.get(i - 1)
                                .get("start")
                                .decimalValue()
                                .add(steps.get(i - 1).get("took").decimalValue())
                                .add(new BigDecimal("0.000002")));
            }
        }
    }

    @Test
    void explains_cache_hits_and_every_attempt_of_a_failure() {
        gateway.get("/api/v1/data/binance/XYZ/USDT");
        List<JsonNode> hit = steps(gateway.get("/api/v1/data/binance/XYZ/USDT?explain=true"));
        assertThat(inOrder(hit)).containsExactly("qos ok", "cache ok");
        assertThat(step(hit, "cache").at("/notes/hit").asString()).isEqualTo("L1");
        assertThat(step(hit, "cache").at("/notes/verdict").asString()).isEqualTo("FRESH");

        upstream.on(QUOTE, PlaybackServer.status(500, "{}"));
        List<JsonNode> failed = steps(gateway.get("/api/v1/data/binance/ABC/USDT?explain=true"));
        assertThat(inOrder(failed)).allMatch(step -> step.endsWith(" upstream-faulty"));
        assertThat(inOrder(failed).stream().filter(step -> step.startsWith("provider ")))
                .as("each attempt")
                .hasSize(3);
        assertThat(step(failed, "retry").at("/notes/attempt_1").asString()).isEqualTo("upstream-faulty");
        assertThat(step(failed, "retry").at("/notes/wait_1").isNumber()).isTrue();
        assertThat(step(failed, "budget").at("/notes/charged").asString()).isEqualTo("1");
    }

    @Test
    void explains_nothing_unless_requested() {
        assertThat(quote("binance/XYZ/USDT").has("explain")).isFalse();
    }
}
