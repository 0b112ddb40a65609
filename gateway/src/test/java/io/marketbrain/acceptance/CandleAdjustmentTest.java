package io.marketbrain.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What candles say about the adjustment of their prices. */
class CandleAdjustmentTest {
    private static final String COIN = "/api/v1/candles/mock/BTCUSDT?interval=1d&to=2024-02-01&limit=2";

    @TempDir
    Path folder;

    @Test
    void what_is_never_split_says_that_no_adjustment_applies() {
        try (var gateway = TestGateway.with(folder)) {
            JsonNode page =
                    gateway.get(COIN + "&from=2024-01-02&adjustment=splits").json();
            assertThat(page.at("/data/adjustment").asString()).isEqualTo("not_applicable");
            var next = gateway.get(COIN + "&adjustment=splits&cursor="
                    + page.get("next_cursor").asString());
            assertThat(next.status()).as(next.text()).isEqualTo(200);
            assertThat(gateway.get(COIN + "&format=csv&adjustment=all").header("X-Adjustment"))
                    .isEqualTo("not_applicable");
            assertThat(gateway.get(COIN).json().at("/data/adjustment").asString())
                    .as("also where nothing was asked for")
                    .isEqualTo("not_applicable");
            JsonNode both = gateway.get(
                            "/api/v1/candles?symbols=binance:BTCUSDT,twelvedata:AAPL&interval=1d&limit=2&adjustment=splits")
                    .json();
            assertThat(both.at("/candles/0/data/adjustment").asString()).isEqualTo("not_applicable");
            assertThat(both.at("/candles/1/data/adjustment").asString()).isEqualTo("splits");
        }
    }
}
