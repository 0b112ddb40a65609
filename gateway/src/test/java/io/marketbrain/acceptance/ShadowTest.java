package io.marketbrain.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.api.ContractClient;
import io.marketbrain.provider.PlaybackServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A second live provider is asked for a share of the quotes, in the background. */
class ShadowTest {
    private static final String BINANCE = "/api/v3/ticker/24hr";
    private static final String COINBASE = "/products/BTC-USDT/ticker";
    private static final String TARGET = "/api/v1/data/binance/BTCUSDT";

    @TempDir
    Path folder;

    private final PlaybackServer upstream =
            PlaybackServer.start().on(BINANCE, PlaybackServer.json("{\"symbol\":\"BTCUSDT\",\"price\":\"1000.00\"}"));

    @AfterEach
    void stop() {
        upstream.close();
    }

    private static PlaybackServer.Answer coinbase(String price) {
        return PlaybackServer.json("""
                {"ask":"%1$s","bid":"1.00","volume":"1","trade_id":1,"price":"%1$s","size":"1","time":"%2$s"}
                """.formatted(price, Instant.now()));
    }

    private TestGateway gateway(String... more) {
        String url = upstream.url().toString();
        var settings = new ArrayList<String>(
                List.of("LIVE_PROVIDERS", "binance,coinbase", "BINANCE_BASE_URL", url, "COINBASE_BASE_URL", url));
        settings.addAll(List.of(more));
        return TestGateway.with(folder, settings.toArray(String[]::new));
    }

    private static JsonNode shadow(TestGateway gateway) {
        return gateway.get("/api/v1/status").json().get("shadow");
    }

    @Test
    void prices_times_and_availability_of_a_pair_are_reported() throws Exception {
        upstream.on(COINBASE, coinbase("1001.50"));
        try (var gateway = gateway("SHADOW_PERCENT", "100")) {
            assertThat(gateway.get(TARGET).json().at("/data/price").asString()).isEqualTo("1000.00");
            gateway.until("request", "shadow", "shadowed", 1);
            JsonNode pair = awaitPair(gateway, 1);
            assertThat(pair.get("provider").asString()).isEqualTo("binance");
            assertThat(pair.get("other").asString()).isEqualTo("coinbase");
            assertThat(pair.get("compared").asLong()).isEqualTo(1);
            assertThat(pair.get("mean_deviation_bp").asDouble()).isEqualTo(15.0);
            assertThat(pair.get("other_latency").asDouble()).isPositive();

            upstream.on(COINBASE, PlaybackServer.status(400, "{\"message\":\"no\"}"));
            gateway.client.send("DELETE", "/api/v1/cache/binance/BTCUSDT");
            assertThat(gateway.get(TARGET).status()).isEqualTo(200);
            pair = awaitPair(gateway, 2);
            assertThat(pair.get("availability").asDouble()).isEqualTo(0.5);
            assertThat(gateway.get("/metrics").text())
                    .contains(
                            "marketbrain_shadow_deviation_basis_points_count{other=\"coinbase\",provider=\"binance\"} 1")
                    .contains(
                            "marketbrain_shadow_requests_total{other=\"coinbase\",provider=\"binance\",result=\"ok\"} 1");
        }
    }

    private static JsonNode awaitPair(TestGateway gateway, long asked) throws InterruptedException {
        for (int i = 0; i < 500; i++) {
            JsonNode pairs = shadow(gateway);
            if (!pairs.isEmpty()) {
                long seen = pairs.get(0).get("compared").asLong();
                for (JsonNode count : pairs.get(0).get("failures")) {
                    seen += count.asLong();
                }
                if (seen == asked) {
                    return pairs.get(0);
                }
            }
            Thread.sleep(20);
        }
        throw new AssertionError("not compared: " + shadow(gateway));
    }

    @Test
    void a_deviation_from_the_compared_provider_is_flagged_with_both_prices() throws Exception {
        upstream.on(COINBASE, coinbase("1001.50"));
        try (var gateway = gateway("SHADOW_PERCENT", "100")) {
            assertThat(flags(gateway.get(TARGET))).isEmpty();
            awaitPair(gateway, 1);
            upstream.on(BINANCE, PlaybackServer.json("{\"symbol\":\"BTCUSDT\",\"price\":\"1100.00\"}"));
            gateway.client.send("DELETE", "/api/v1/cache/binance/BTCUSDT");
            var answer = gateway.get(TARGET);
            assertThat(answer.json().at("/data/price").asString()).isEqualTo("1100.00");
            assertThat(flags(answer))
                    .anySatisfy(flag -> assertThat(flag)
                            .startsWith("source_deviation: the price 1100.00 is 9.8 % above that of coinbase, 1001.50"
                                    + " at 20"));
        }
    }

    @Test
    void quotes_that_callers_request_of_two_providers_are_compared_without_shadowing() {
        upstream.on(COINBASE, coinbase("2000.00"));
        try (var gateway = gateway()) {
            assertThat(flags(gateway.get("/api/v1/data/coinbase/BTC-USDT"))).isEmpty();
            assertThat(flags(gateway.get(TARGET)))
                    .singleElement()
                    .asString()
                    .startsWith("source_deviation: the price 1000.00 is 50.0 % below that of coinbase, 2000.00");
        }
    }

    @Test
    void a_shadow_call_that_the_budget_cannot_pay_is_not_made() throws Exception {
        Files.writeString(folder.resolve("brain.yaml"), """
                costs:
                  coinbase: 1
                budgets:
                  compared:
                    limit: 1
                    per: month
                    provider: coinbase
                """);
        upstream.on(COINBASE, coinbase("1001.50"));
        try (var gateway = gateway("SHADOW_PERCENT", "100")) {
            for (int i = 1; i <= 3; i++) {
                assertThat(gateway.get(TARGET).status()).isEqualTo(200);
                awaitPair(gateway, i);
                gateway.client.send("DELETE", "/api/v1/cache/binance/BTCUSDT");
            }
            JsonNode pair = awaitPair(gateway, 3);
            assertThat(pair.get("compared").asLong()).isEqualTo(1);
            assertThat(pair.at("/failures/budget-exhausted").asLong()).isEqualTo(2);
        }
        assertThat(upstream.asked(COINBASE)).hasSize(1);
    }

    private static List<String> flags(ContractClient.Answer answer) {
        assertThat(answer.status()).isEqualTo(200);
        List<String> flags = new ArrayList<>();
        answer.json()
                .at("/data/quality")
                .forEach(flag -> flags.add(
                        flag.get("code").asString() + ": " + flag.get("detail").asString()));
        return flags;
    }

    @Test
    void without_the_setting_no_second_provider_is_asked() {
        try (var gateway = gateway()) {
            assertThat(gateway.get(TARGET).status()).isEqualTo(200);
            assertThat(shadow(gateway)).isEmpty();
        }
        assertThat(upstream.asked(COINBASE)).isEmpty();
    }
}
