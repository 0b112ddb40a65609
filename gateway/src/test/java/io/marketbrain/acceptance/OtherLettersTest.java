package io.marketbrain.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.api.ContractClient;
import io.marketbrain.cli.BrainRun;
import io.marketbrain.provider.PlaybackServer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Instruments whose codes have other letters than A to Z, as Binance lists some. */
class OtherLettersTest {
    private static final String LIST = """
        {"symbols": [{"symbol": "星星USDT", "baseAsset": "星星", "quoteAsset": "USDT"},
                     {"symbol": "BTCUSDT", "baseAsset": "BTC", "quoteAsset": "USDT"},
                     {"symbol": "CAFÉUSDT", "baseAsset": "CAFÉ", "quoteAsset": "USDT"}]}\
        """;

    private final PlaybackServer binance = PlaybackServer.start()
            .on("/api/v3/exchangeInfo", PlaybackServer.json(LIST))
            .on(
                    "/api/v3/ticker/24hr",
                    (asked, line) -> PlaybackServer.json(
                                    ticker(asked.parameters().get("symbol")))
                            .send(asked, line))
            .on("/api/v3/klines", PlaybackServer.json(candles()));

    @TempDir
    Path folder;

    private TestGateway gateway;

    private static String ticker(String symbol) {
        return """
            {"symbol": "%s", "lastPrice": "7", "bidPrice": "6.9", "bidQty": "1", "askPrice": "7.1", "askQty": "1",
             "openPrice": "7", "highPrice": "8", "lowPrice": "6", "volume": "5", "quoteVolume": "35",
             "closeTime": %d}\
            """.formatted(symbol, System.currentTimeMillis());
    }

    private static String candles() {
        var rows = new StringBuilder("[");
        for (int i = 0; i < 3; i++) {
            long open = 1704067200000L + 60000L * i;
            rows.append(i == 0 ? "" : ",")
                    .append("[" + open + ",\"1\",\"2\",\"0.5\",\"1.5\",\"10\"," + (open + 59999)
                            + ",\"15\",3,\"1\",\"1\",\"0\"]");
        }
        return rows.append("]").toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @BeforeEach
    void start() {
        gateway = TestGateway.live(folder, "binance", binance);
    }

    @AfterEach
    void stop() {
        gateway.close();
        binance.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"星星USDT", "星星/USDT", "星星-usdt", "caf\u00c9usdt", "CAFE\u0301/USDT"})
    void a_quote_is_answered_and_its_instrument_can_be_sent_back(String symbol) {
        ContractClient.Answer answer = gateway.get("/api/v1/data/binance/" + encoded(symbol));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        JsonNode data = answer.json().get("data");
        String instrument = data.get("instrument").asString();
        assertThat(instrument).isIn("星星/USDT", "CAFÉ/USDT");
        for (String name : new String[] {instrument, data.get("provider_symbol").asString()}) {
            JsonNode again =
                    gateway.get("/api/v1/data/binance/" + encoded(name)).json();
            assertThat(again.at("/data/instrument").asString()).isEqualTo(instrument);
            assertThat(again.at("/data/price").asString()).isEqualTo("7");
        }
    }

    @Test
    void several_quotes_and_any_provider_find_it_too() {
        JsonNode batch = gateway.get("/api/v1/quotes?symbols=binance:" + encoded("星星USDT") + ",binance:BTCUSDT")
                .json();
        assertThat(batch.toString()).contains("\"instrument\":\"星星/USDT\"").doesNotContain("problems");
        assertThat(gateway.get("/api/v1/data/auto/" + encoded("星星/USDT")).status())
                .isEqualTo(200);
    }

    @Test
    void the_mock_market_has_it_too() {
        try (var mocked = TestGateway.with(folder)) {
            for (String path : new String[] {"binance/星星USDT", "coinbase/星星-USD", "kraken/ETH2.SETH"}) {
                String provider = path.substring(0, path.indexOf('/') + 1);
                ContractClient.Answer answer =
                        mocked.get("/api/v1/data/" + provider + encoded(path.substring(provider.length())));
                assertThat(answer.status()).as(answer.text()).isEqualTo(200);
                String instrument = answer.json().at("/data/instrument").asString();
                assertThat(mocked.get("/api/v1/data/" + provider + encoded(instrument))
                                .status())
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void the_link_to_the_next_page_can_be_followed() {
        ContractClient.Answer page = gateway.get("/api/v1/candles/binance/" + encoded("星星USDT")
                + "?interval=1m&from=2024-01-01T00:00:00Z&to=2024-01-01T00:10:00Z&limit=3");
        assertThat(page.status()).as(page.text()).isEqualTo(200);
        String link = page.header("Link");
        assertThat(link).matches("[ -~]+").contains(encoded("星星USDT"));
        String next = link.substring(1, link.indexOf('>'));
        assertThat(gateway.get(next).status()).isEqualTo(200);
        ContractClient.Answer csv = gateway.get("/api/v1/candles/binance/" + encoded("星星USDT")
                + "?interval=1m&from=2024-01-01T00:00:00Z&to=2024-01-01T00:10:00Z&limit=3&format=csv");
        assertThat(csv.text()).contains("星星/USDT");
        assertThat(csv.header("Content-Disposition")).matches("[ -~]+");
    }

    @Test
    void the_command_line_shows_it() {
        BrainRun run = BrainRun.with(
                folder,
                false,
                Map.of(
                        "LIVE_PROVIDERS",
                        "binance",
                        "BINANCE_BASE_URL",
                        binance.url().toString()),
                "quote",
                "binance",
                "星星USDT",
                "--format",
                "csv");
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("星星/USDT");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BTC\u202EUSDT",
                "BTC\u200BUSDT",
                "BTC\uFF0FUSDT",
                "BTC\u2215USDT",
                "BTC\u00A0USDT",
                "\u0660\u0661USDT",
                "\u0301USDT"
            })
    void a_character_that_is_no_letter_is_rejected(String symbol) {
        assertThat(gateway.get("/api/v1/data/binance/" + encoded(symbol)).status())
                .isEqualTo(422);
        assertThat(binance.asked("/api/v3/ticker/24hr")).isEmpty();
    }

    @Test
    void a_letter_whose_upper_case_is_another_letter_is_not_changed() {
        gateway.get("/api/v1/data/binance/" + encoded("b\u0131tusdt"));
        assertThat(binance.asked("/api/v3/ticker/24hr"))
                .allSatisfy(
                        asked -> assertThat(asked.parameters().get("symbol")).isEqualTo("B\u0131TUSDT"));
    }
}
