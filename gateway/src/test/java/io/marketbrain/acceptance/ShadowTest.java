package io.marketbrain.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.provider.PlaybackServer;
import java.nio.file.Path;
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
        upstream.on(COINBASE, PlaybackServer.json("{\"price\":\"1001.50\"}"));
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
    void without_the_setting_no_second_provider_is_asked() {
        try (var gateway = gateway()) {
            assertThat(gateway.get(TARGET).status()).isEqualTo(200);
            assertThat(shadow(gateway)).isEmpty();
        }
        assertThat(upstream.asked(COINBASE)).isEmpty();
    }
}
