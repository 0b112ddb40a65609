package io.marketbrain;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.api.ServerConfig;
import io.marketbrain.config.GatewayConfig;
import io.marketbrain.model.Money;
import io.marketbrain.model.ProviderId;
import io.marketbrain.pipeline.budget.BudgetConfig;
import io.marketbrain.pipeline.budget.BudgetPolicy;
import io.marketbrain.provider.PlaybackServer;
import io.marketbrain.provider.ProviderConfig;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** What the layers of a running gateway say of themselves is what they did. */
class LayersTest {
    private final PlaybackServer upstream = PlaybackServer.start();
    private final HttpClient client = HttpClient.newHttpClient();
    private final Gateway gateway = new Gateway(GatewayConfig.defaults()
            .withServer(new ServerConfig("127.0.0.1", 0))
            .withBudgets(new BudgetConfig(
                    List.of(new BudgetPolicy(
                            "calls",
                            Money.of("5"),
                            BudgetPolicy.Period.MONTH,
                            ZoneOffset.UTC,
                            Optional.empty(),
                            Optional.empty())),
                    Map.of(new ProviderId("binance"), Money.of("1"))))
            .withProviders(Map.of(
                    new ProviderId("binance"),
                    new ProviderConfig(
                            ProviderConfig.WantedMode.LIVE,
                            Optional.empty(),
                            Optional.empty(),
                            Optional.of(upstream.url())))));

    @AfterEach
    void stop() {
        gateway.close();
        upstream.close();
        client.close();
    }

    private JsonNode get(String target) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + gateway.port() + target);
        return new ObjectMapper()
                .readTree(client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                        .body());
    }

    private JsonNode layer(String stack, String name) throws Exception {
        for (JsonNode layer : get("/api/v1/layers").get("layers")) {
            if (layer.get("stack").asString().equals(stack)
                    && layer.get("name").asString().equals(name)) {
                return layer;
            }
        }
        throw new AssertionError("no layer " + name + " in " + stack);
    }

    private void answerQuotes() {
        upstream.on(
                "/api/v3/ticker/24hr",
                (asked, line) -> PlaybackServer.json(
                                """
                        {"symbol":"%s","lastPrice":"1.0","bidPrice":"1.0","bidQty":"1.0","askPrice":"1.1",
                         "askQty":"2.0","openPrice":"1.0","highPrice":"1.0","lowPrice":"1.0","volume":"1.0",
                         "quoteVolume":"1.0","openTime":1700000000000,"closeTime":1700086400000,"firstId":1,
                         "lastId":2,"count":2}""".formatted(asked.parameters().get("symbol")))
                        .send(asked, line));
    }

    @Test
    void report_exactly_the_work_they_did() throws Exception {
        answerQuotes();
        for (JsonNode layer : get("/api/v1/layers").get("layers")) {
            assertThat(layer.get("entered").asInt()).as(layer.toString()).isZero();
        }
        for (String base : List.of("AAA", "BBB", "CCC", "AAA", "AAA")) {
            assertThat(get("/api/v1/data/binance/" + base + "/USDT")
                            .get("success")
                            .asBoolean())
                    .isTrue();
        }
        assertThat(layer("request", "qos").get("entered").asInt()).isEqualTo(5);
        assertThat(layer("request", "qos").at("/counters/admitted_high").asInt())
                .isEqualTo(5);
        assertThat(layer("request", "cache").get("entered").asInt()).isEqualTo(5);
        for (String name :
                List.of("normalisation", "retry", "circuit-breaker", "quota", "bulkhead", "budget", "timeout")) {
            assertThat(layer("binance", name).get("entered").asInt()).as(name).isEqualTo(3);
            assertThat(layer("binance", name).get("failed").asInt()).as(name).isZero();
        }
        assertThat(layer("binance", "budget").at("/counters/spent_micros").asInt())
                .isEqualTo(3_000_000);
        assertThat(layer("binance", "quota").at("/counters/weight_per_60s_used").asInt())
                .isGreaterThanOrEqualTo(6);
        assertThat(layer("binance (mock)", "normalisation").get("entered").asInt())
                .isZero();
        assertThat(upstream.asked("/api/v3/ticker/24hr")).hasSize(3);
        assertThat(get("/api/v1/budget").at("/budgets/0/used").asString()).isEqualTo("3");
    }

    @Test
    void refuse_what_the_budget_cannot_pay_for_and_still_answer_from_the_cache() throws Exception {
        answerQuotes();
        for (int i = 0; i < 5; i++) {
            get("/api/v1/data/binance/A" + i + "/USDT");
        }
        JsonNode refused = get("/api/v1/data/binance/A9/USDT");
        assertThat(refused.get("type").asString()).isEqualTo("/problems/budget-exhausted");
        assertThat(refused.get("policy").asString()).isEqualTo("calls");
        assertThat(refused.get("retry_after").asLong()).isPositive();
        assertThat(get("/api/v1/data/binance/A0/USDT").get("success").asBoolean())
                .isTrue();
        assertThat(upstream.asked("/api/v3/ticker/24hr")).hasSize(5);
        assertThat(get("/api/v1/budget").at("/budgets/0/state").asString()).isEqualTo("exhausted");
    }

    @Test
    void pay_for_lists_of_symbols_too() throws Exception {
        answerQuotes();
        get("/api/v1/data/binance/BTCUSDT");
        get("/api/v1/data/binance/ETHBTCUSDT");
        get("/api/v1/data/binance/WHAT");
        assertThat(upstream.asked()).anyMatch(asked -> asked.path().contains("exchangeInfo"));
        assertThat(get("/api/v1/budget").at("/budgets/0/used").asString())
                .isEqualTo(Integer.toString(upstream.asked().size()));
    }

    @Test
    void explain_every_layer_passed_in_order_and_what_was_charged() throws Exception {
        answerQuotes();
        JsonNode explained = get("/api/v1/data/binance/XYZ/USDT?explain=true").get("explain");
        List<String> names = new ArrayList<>();
        explained.findValues("layer").forEach(name -> names.add(name.asString()));
        assertThat(names)
                .containsSubsequence(
                        "qos",
                        "cache",
                        "normalisation",
                        "retry",
                        "circuit-breaker",
                        "retry-after",
                        "quota",
                        "bulkhead",
                        "budget",
                        "timeout");
        assertThat(explained.toString()).contains("charged");
        assertThat(get("/api/v1/data/binance/XYZ/USDT").has("explain")).isFalse();
    }
}
