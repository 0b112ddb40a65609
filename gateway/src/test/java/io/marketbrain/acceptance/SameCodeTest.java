package io.marketbrain.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.api.ContractClient;
import io.marketbrain.provider.PlaybackServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Providers that use the same letters for different coins, each behind a real socket. */
class SameCodeTest {
    private static final String KRAKEN_PAIRS = """
        {"error": [], "result": {
          "LUNAUSD": {"altname": "LUNAUSD", "base": "LUNA", "quote": "ZUSD"},
          "LUNA2USD": {"altname": "LUNA2USD", "base": "LUNA2", "quote": "ZUSD"},
          "XREPZUSD": {"altname": "REPUSD", "base": "XREP", "quote": "ZUSD"},
          "REPV2USD": {"altname": "REPV2USD", "base": "REPV2", "quote": "ZUSD"},
          "USTUSD": {"altname": "USTUSD", "base": "UST", "quote": "ZUSD"},
          "ETH2.SETH": {"altname": "ETH2.SETH", "base": "ETH2.S", "quote": "XETH"},
          "XETHZUSD": {"altname": "ETHUSD", "base": "XETH", "quote": "ZUSD"}}}\
        """;

    private final PlaybackServer binance = PlaybackServer.start().otherwise(PlaybackServer.status(503, "{}"));
    private final PlaybackServer kraken = PlaybackServer.start()
            .on("/0/public/AssetPairs", PlaybackServer.json(KRAKEN_PAIRS))
            .on(
                    "/0/public/Ticker",
                    (asked, line) -> PlaybackServer.json(
                                    ticker(asked.parameters().get("pair")))
                            .send(asked, line));

    @TempDir
    Path folder;

    private TestGateway gateway;

    /** The ticker of a pair: LUNAUSD, Terra Classic, costs 0.00006, LUNA2USD, Terra 2, 0.45; each other pair something else. */
    private static String ticker(String pair) {
        String price = switch (pair) {
            case "LUNAUSD" -> "0.00006";
            case "LUNA2USD" -> "0.45";
            case "REPUSD" -> "11";
            case "REPV2USD" -> "12";
            case "USTUSD" -> "0.02";
            case "ETH2.SETH" -> "0.98";
            default -> "1000";
        };
        return """
            {"error": [], "result": {"%s": {"a": ["%s", "1", "1"], "b": ["%s", "1", "1"], "c": ["%s", "1"],
             "v": ["1", "1"], "p": ["1", "1"], "t": [1, 1], "l": ["%s", "%s"], "h": ["%s", "%s"], "o": "%s"}}}\
            """.formatted(pair, price, price, price, price, price, price, price, price);
    }

    @BeforeEach
    void start() {
        gateway = TestGateway.with(
                folder,
                "LIVE_PROVIDERS",
                "binance,kraken",
                "BINANCE_BASE_URL",
                binance.url().toString(),
                "KRAKEN_BASE_URL",
                kraken.url().toString(),
                "RESILIENCE_RETRY_FIRST_DELAY",
                "1ms",
                "RESILIENCE_BREAKER_CALLS",
                "100",
                "RESILIENCE_BREAKER_MINIMUM",
                "100");
    }

    @AfterEach
    void stop() {
        gateway.close();
        binance.close();
        kraken.close();
    }

    private JsonNode data(String path) {
        ContractClient.Answer answer = gateway.get("/api/v1/data/" + path);
        assertThat(answer.status()).as(path + ": " + answer.text()).isEqualTo(200);
        return answer.json().get("data");
    }

    @Test
    void luna_is_terra_2_at_every_provider_also_while_binance_is_down() {
        JsonNode luna = data("auto/LUNA/USD");
        assertThat(luna.get("price").asString()).isEqualTo("0.45");
        assertThat(luna.get("instrument").asString()).isEqualTo("LUNA/USD");
        assertThat(luna.get("provider_symbol").asString()).isEqualTo("LUNA2USD");
        assertThat(data("auto/LUNC/USD").get("price").asString()).isEqualTo("0.00006");
    }

    @ParameterizedTest
    @CsvSource({
        "LUNAUSD, LUNC/USD, LUNAUSD, 0.00006",
        "LUNA/USD, LUNA/USD, LUNA2USD, 0.45",
        "LUNA2USD, LUNA/USD, LUNA2USD, 0.45",
        "LUNC/USD, LUNC/USD, LUNAUSD, 0.00006",
        "REPUSD, REPV1/USD, REPUSD, 11",
        "XREPZUSD, REPV1/USD, REPUSD, 11",
        "REP/USD, REP/USD, REPV2USD, 12",
        "REPV2USD, REP/USD, REPV2USD, 12",
        "USTUSD, USTC/USD, USTUSD, 0.02",
        "USTC/USD, USTC/USD, USTUSD, 0.02",
        "ETH2.SETH, ETH2.S/ETH, ETH2.SETH, 0.98",
        "ETH2.S/ETH, ETH2.S/ETH, ETH2.SETH, 0.98"
    })
    void krakens_codes_mean_what_kraken_means_and_unified_codes_what_they_name(
            String symbol, String instrument, String sent, String price) {
        JsonNode data = data("kraken/" + symbol);
        assertThat(data.get("instrument").asString()).isEqualTo(instrument);
        assertThat(data.get("provider_symbol").asString()).isEqualTo(sent);
        assertThat(data.get("price").asString()).isEqualTo(price);
    }

    @Test
    void a_code_that_means_another_coin_is_rejected_with_the_instrument_to_use() {
        ContractClient.Answer answer = gateway.get("/api/v1/data/kraken/UST/USD");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().at("/candidates/0").asString()).isEqualTo("USTC/USD");
    }

    @Test
    void any_provider_skips_one_that_has_another_coin_under_the_letters_and_says_so() {
        ContractClient.Answer answer = gateway.get("/api/v1/data/auto/UST/USD");
        assertThat(answer.status()).isGreaterThanOrEqualTo(400);
        List<String> attempts = new ArrayList<>();
        answer.json()
                .get("attempts")
                .forEach(attempt -> attempts.add(attempt.get("provider").asString() + " "
                        + attempt.get("outcome").asString() + ": "
                        + attempt.get("detail").asString()));
        assertThat(attempts).hasSize(2);
        assertThat(attempts.getLast())
                .isEqualTo("kraken unsupported: kraken has another instrument under the letters of UST/USD: USTC/USD");
        assertThat(kraken.asked("/0/public/Ticker")).isEmpty();
    }

    @Test
    void any_provider_rejects_a_spelling_that_names_two_coins() {
        ContractClient.Answer answer = gateway.get("/api/v1/data/auto/LUNAUSD");
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.json().get("candidates").toString()).contains("\"LUNA/USD\"", "\"LUNC/USD\"");
        assertThat(kraken.asked("/0/public/Ticker")).isEmpty();
    }

    private static String days(long first, int count) {
        var rows = new StringBuilder("[");
        for (int i = 0; i < count; i++) {
            long open = first + 86_400_000L * i;
            rows.append(i == 0 ? "" : ",")
                    .append("[" + open + ",\"1\",\"2\",\"0.5\",\"1.5\",\"10\"," + (open + 86_399_999L)
                            + ",\"15\",3,\"1\",\"1\",\"0\"]");
        }
        return rows.append("]").toString();
    }

    @Test
    void the_last_candles_end_where_a_code_changed_its_coin() {
        long may26 = 1_653_523_200_000L;
        binance.on("/api/v3/klines", PlaybackServer.json(days(may26, 4)));
        ContractClient.Answer answer = gateway.get("/api/v1/candles/binance/LUNAUSDT?interval=1d&limit=4");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        List<String> opened = new ArrayList<>();
        answer.json()
                .at("/data/candles")
                .forEach(candle -> opened.add(candle.get("open_time").asString()));
        assertThat(opened).containsExactly("2022-05-28T00:00:00Z", "2022-05-29T00:00:00Z");
        assertThat(answer.json().at("/data/quality").toString()).contains("history_limited", "another asset (LUNC)");
    }

    @Test
    void any_provider_skips_one_whose_code_was_another_coin_in_the_range() {
        JsonNode problem = gateway.get("/api/v1/candles/auto/LUNA/USDT?interval=1d&from=2022-05-01&to=2022-06-10")
                .json();
        assertThat(problem.get("attempts").toString())
                .contains("the code LUNA of binance meant another asset (LUNC) before 2022-05-28");
        assertThat(kraken.asked("/0/public/OHLC"))
                .isNotEmpty()
                .allSatisfy(asked -> assertThat(asked.parameters().get("pair")).isEqualTo("LUNA2USDT"));
    }

    @Test
    void a_range_of_candles_from_before_a_code_changed_its_coin_is_rejected() {
        ContractClient.Answer answer =
                gateway.get("/api/v1/candles/binance/LUNAUSDT?interval=1d&from=2022-05-01&to=2022-06-10");
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().get("error").asString())
                .isEqualTo("the code LUNA of binance meant another asset (LUNC) before 2022-05-28;"
                        + " use a 'from' of 2022-05-28 or later");
    }
}
