package io.marketbrain.facade.coingecko;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.acceptance.TestGateway;
import io.marketbrain.facade.AskedFile;
import io.marketbrain.facade.FacadeClient;
import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Ghostfolio and others ask of CoinGecko, on a complete gateway. */
class CoinGeckoFacadeTest {
    private static TestGateway gateway;
    private static FacadeClient gecko;
    private static FacadeClient own;

    @BeforeAll
    static void start(@TempDir Path folder) {
        gateway = TestGateway.with(
                folder, "MOCK_CLOCK", "2024-02-21T09:00:00Z", "facades.coingecko.provider", "coinbase");
        gecko = new FacadeClient(gateway.port(), "/compat/coingecko/api/v3");
        own = new FacadeClient(gateway.port(), "");
    }

    @AfterAll
    static void stop() {
        gecko.close();
        own.close();
        gateway.close();
    }

    @Test
    void simple_prices_have_the_digits_of_our_own_and_unknown_coins_are_absent() throws MalformedPayload {
        JsonValue prices = gecko.json("/simple/price?ids=bitcoin,nosuchcoin&vs_currencies=usd,eur"
                + "&include_24hr_change=true&include_last_updated_at=true");
        assertThat(prices.members()).containsOnlyKeys("bitcoin");
        JsonValue bitcoin = prices.at("bitcoin");
        assertThat(bitcoin.at("usd").text())
                .isEqualTo(own.json("/api/v1/data/coinbase/BTC-USD")
                        .at("data")
                        .at("price")
                        .text());
        assertThat(bitcoin.members()).containsKeys("eur", "usd_24h_change", "last_updated_at");
    }

    @Test
    void a_chart_has_the_price_at_each_point_and_the_latest_one() throws MalformedPayload {
        JsonValue chart = gecko.json("/coins/bitcoin/market_chart?vs_currency=usd&days=5&interval=daily");
        List<JsonValue> prices = chart.at("prices").items();
        assertThat(prices.getLast().at(0).integer()).isEqualTo(1708506000000L);
        assertThat(prices.getLast().at(1).text())
                .isEqualTo(own.json("/api/v1/candles/coinbase/BTC-USD?interval=1d&limit=1")
                        .at("data")
                        .at("candles")
                        .at(0)
                        .at("close")
                        .text());
        assertThat(prices).hasSizeBetween(5, 7);
        JsonValue range = gecko.json("/coins/bitcoin/market_chart/range?vs_currency=usd&from=1707868800&to=1708473600");
        assertThat(range.at("prices").items()).hasSizeBetween(168, 169); // hourly
    }

    @Test
    void answers_what_ghostfolio_was_seen_to_ask() throws IOException {
        for (String asked : AskedFile.read("ghostfolio")) {
            assertThat(gecko.get(asked.substring("GET /api/v3".length())).statusCode())
                    .as(asked)
                    .isEqualTo(200);
        }
    }

    @Test
    void coins_are_found_by_name_and_listed() throws MalformedPayload {
        assertThat(gecko.json("/search?query=Ethereum")
                        .at("coins")
                        .at(0)
                        .at("id")
                        .text())
                .isEqualTo("ethereum");
        assertThat(gecko.json("/coins/list").items()).hasSizeGreaterThan(30);
        assertThat(gecko.json("/coins/solana").at("symbol").text()).isEqualTo("sol");
        assertThat(gecko.body("/simple/supported_vs_currencies")).startsWith("[\"usd\",\"eur\"");
        assertThat(gecko.body("/ping")).contains("gecko_says");
    }

    @Test
    void errors_have_the_shape_of_the_api() {
        HttpResponse<String> unknown = gecko.get("/coins/nosuchcoin");
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.body()).isEqualTo("{\"error\":\"coin not found\"}");
        assertThat(gecko.get("/simple/price?ids=bitcoin").statusCode()).isEqualTo(422);
        assertThat(gecko.get("/exchanges").statusCode()).isEqualTo(404);
    }

    @Test
    void charts_are_as_fine_as_those_of_the_original() {
        assertThat(ChartIntervalPolicy.of(Duration.ofDays(1)).wire()).isEqualTo("5m");
        assertThat(ChartIntervalPolicy.of(Duration.ofDays(90)).wire()).isEqualTo("1h");
        assertThat(ChartIntervalPolicy.of(Duration.ofDays(91)).wire()).isEqualTo("1d");
    }
}
