package io.marketbrain.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.provider.PlaybackServer;
import io.marketbrain.provider.Recording;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** {@code /api/v1/symbols} over a whole gateway. */
class SymbolSearchTest {
    private static final String ISIN_LIST = """
            [{"currency":"USD","description":"APPLE INC","displaySymbol":"AAPL","figi":"BBG000B9XRY4","isin":"US0378331005",
              "mic":"XNAS","symbol":"AAPL","type":"Common Stock"},
             {"currency":"USD","description":"MICROSOFT CORP","displaySymbol":"MSFT","figi":"BBG000BPH459","isin":"US5949181045",
              "mic":"XNAS","symbol":"MSFT","type":"Common Stock"}]""";

    @TempDir
    Path folder;

    private static List<String> instruments(JsonNode answer) {
        List<String> found = new ArrayList<>();
        answer.get("symbols")
                .forEach(symbol -> found.add(symbol.get("instrument").asString()));
        return found;
    }

    @ParameterizedTest
    @CsvSource({
        "q=bitcoin, BTC/USD, built_in",
        "q=BTC, BTC/USD, built_in",
        "q=btcusdt, BTC/USDT, built_in",
        "q=euro&type=fx, EUR/USD, built_in",
        "q=EURJPY&provider=ecb, EUR/JPY, built_in",
        "q=XXBTZUSD&provider=kraken, BTC/USD, built_in",
        "q=FOO/USDT&provider=binance, FOO/USDT, rules",
        "q=gold, XAU/USD, built_in",
        "q=crude oil&type=commodity, CL=F, built_in",
        "q=złoty, USD/PLN, built_in",
        "q=ZLOTY, USD/PLN, built_in"
    })
    void finds_instruments_without_asking_anybody(String query, String first, String source) {
        try (var gateway = TestGateway.with(folder)) {
            JsonNode answer = gateway.get(
                            "/api/v1/symbols?" + query.replace(" ", "%20").replace("ł", "%C5%82"))
                    .json();
            assertThat(instruments(answer)).as(answer.toString()).first().isEqualTo(first);
            JsonNode symbol = answer.at("/symbols/0");
            assertThat(symbol.get("known_from").asString()).isEqualTo(source);
            assertThat(symbol.get("providers")).isNotEmpty();
            String provider = symbol.at("/providers/0/provider").asString();
            String spelled = symbol.at("/providers/0/symbol").asString();
            assertThat(gateway.get("/api/v1/data/" + provider + "/" + spelled.replace("/", "%2F"))
                            .json()
                            .at("/data/instrument")
                            .asString())
                    .as("what is found can be requested")
                    .isEqualTo(first);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"US0378331005", "Z%C3%BCrich", "S%C3%A3o%20Paulo", "%F0%9F%98%80"})
    void no_contract_is_made_of_any_word(String text) {
        try (var gateway = TestGateway.with(folder)) {
            JsonNode answer = gateway.get("/api/v1/symbols?q=" + text).json();
            assertThat(answer.get("success").asBoolean()).isTrue();
            assertThat(answer.get("symbols")).as(answer.toString()).isEmpty();
        }
    }

    @Test
    void a_ticker_on_a_market_has_its_changes() {
        try (var gateway = TestGateway.with(folder)) {
            for (String symbol : List.of("RDSA.AS", "RDSA.L", "RDSA@XAMS")) {
                JsonNode answer = gateway.get("/api/v1/symbols?q=" + symbol).json();
                assertThat(answer.at("/changes/0/text").asString())
                        .as(symbol)
                        .isEqualTo("RDSA was replaced by SHEL on 2022-01-31");
                assertThat(answer.get("changes")).hasSize(1);
            }
        }
    }

    @Test
    void a_security_is_found_by_its_isin_in_a_list_that_has_it() {
        try (PlaybackServer provider =
                        PlaybackServer.start().on("/api/v1/stock/symbol", PlaybackServer.json(ISIN_LIST));
                var gateway = TestGateway.live(folder, "finnhub", provider)) {
            JsonNode answer = gateway.get("/api/v1/symbols?q=us0378331005&provider=finnhub&online=true")
                    .json();
            assertThat(instruments(answer)).as(answer.toString()).containsExactly("AAPL");
            assertThat(answer.at("/symbols/0/providers/0/isin").asString()).isEqualTo("US0378331005");
        }
    }

    @Test
    void a_list_is_searched_once_it_is_in_memory() {
        try (PlaybackServer exchange = PlaybackServer.start()
                        .on(
                                "/api/v3/exchangeInfo",
                                PlaybackServer.json(Recording.of("binance", "v3_exchangeInfo--all-2021-10")
                                        .body()));
                var gateway = TestGateway.live(folder, "binance", exchange)) {
            String search = "/api/v1/symbols?provider=binance&limit=500";
            JsonNode before = gateway.get(search).json();
            assertThat(before.at("/lists/0/in_memory").asBoolean()).isFalse();
            assertThat(exchange.asked()).isEmpty();

            JsonNode online = gateway.get(search + "&online=true").json();
            assertThat(online.at("/lists/0/instruments").asInt()).isGreaterThan(50);
            assertThat(online.get("symbols"))
                    .allSatisfy(symbol ->
                            assertThat(symbol.get("known_from").asString()).isEqualTo("list"));
            assertThat(exchange.asked()).hasSize(1);
            assertThat(instruments(gateway.get(search).json())).isEqualTo(instruments(online));
            assertThat(exchange.asked()).hasSize(1);
        }
    }

    @Test
    void a_delisted_security_is_marked() {
        PlaybackServer.Answer listed = PlaybackServer.json(
                Recording.of("alphavantage", "LISTING_STATUS--sample").body());
        PlaybackServer.Answer delisted = PlaybackServer.json(
                Recording.of("alphavantage", "LISTING_STATUS--delisted").body());
        try (PlaybackServer provider = PlaybackServer.start()
                        .on(
                                "/query",
                                (asked, line) -> (asked.parameters().containsKey("state") ? delisted : listed)
                                        .send(asked, line));
                var gateway = TestGateway.live(folder, "alphavantage", provider, "ALPHAVANTAGE_API_KEY", "planted")) {
            JsonNode found = gateway.get("/api/v1/symbols?provider=alphavantage&q=TWTR&online=true")
                    .json();
            JsonNode gone = found.at("/symbols/0/providers/0");
            assertThat(gone.at("/status").asString()).as(found.toString()).isEqualTo("delisted");
            assertThat(gone.at("/delisted_on").asString()).isEqualTo("2022-10-28");
            JsonNode traded = gateway.get("/api/v1/symbols?provider=alphavantage&q=AAA")
                    .json()
                    .at("/symbols/0/providers/0");
            assertThat(traded.has("status")).isFalse();
        }
    }

    @Test
    void a_search_can_be_limited() {
        try (var gateway = TestGateway.with(folder)) {
            JsonNode answer = gateway.get("/api/v1/symbols?limit=3&type=crypto").json();
            assertThat(instruments(answer)).hasSize(3).first().isEqualTo("BTC/USD");
            assertThat(answer.get("more").asBoolean()).isTrue();
            JsonNode none = gateway.get("/api/v1/symbols?q=nothing-like-it!").json();
            assertThat(none.get("symbols")).isEmpty();
            assertThat(gateway.get("/api/v1/symbols?provider=nowhere").status()).isEqualTo(404);
            assertThat(gateway.get("/api/v1/symbols?type=house").status()).isEqualTo(422);
            assertThat(gateway.get("/api/v1/symbols?limit=0").status()).isEqualTo(422);
        }
    }
}
