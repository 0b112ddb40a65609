package io.marketbrain.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Symbols as users of other tools write them are rejected with the symbol to use instead. */
class SymbolSuggestionsTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "binance/BTC:USDT, BTC/USDT",
        "binance/BTCUSDT.P, BTC/USDT",
        "binance/BTCUSDTPERP, BTC/USDT",
        "mock/BTCUSDT.P, BTC/USDT",
        "kraken/BTC.USD, BTC/USD",
        "binance/BTC%2FUSDT:USDT, BTC/USDT",
        "coinbase/BINANCE:BTC-USD, BTC/USD"
    })
    void a_symbol_in_the_form_of_another_tool_is_answered_with_the_one_to_use(String path, String wanted) {
        try (var gateway = TestGateway.with(folder)) {
            var answer = gateway.get("/api/v1/data/" + path);
            assertThat(answer.status()).isEqualTo(404);
            JsonNode problem = answer.json();
            assertThat(problem.get("type").asString()).isEqualTo("/problems/unknown-instrument");
            assertThat(problem.at("/candidates/0").asString()).isEqualTo(wanted);
            assertThat(problem.get("error").asString()).endsWith("; did you mean " + wanted + "?");
            String symbol = wanted.replace("/", "%2F");
            assertThat(gateway.get("/api/v1/data/" + path.substring(0, path.indexOf('/')) + "/" + symbol)
                            .status())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "binance/BINANCE:BTCUSDT, BTC/USDT",
        "coinbase/coinbase:BTC-USD, BTC/USD",
        "auto/BINANCE:BTCUSDT, BTC/USDT",
        "auto/KRAKEN:XBTUSD, BTC/USD",
        "auto/XBTUSD, BTC/USD",
        "auto/BTCUSDT, BTC/USDT",
        "coinbase/XBTUSD, BTC/USD",
        "binancefutures/BTCUSDT.P, BTC/USDT:USDT",
        "okx/btcusdt.p, BTC/USDT:USDT",
        "auto/BTCUSDT.P, BTC/USDT:USDT",
        "auto/BINANCE:BTCUSDT.P, BTC/USDT:USDT",
        "mock/NASDAQ:AAPL, AAPL",
        "mock/BINANCE:BTCUSDT, BTC/USDT",
        "auto/AAPL, AAPL",
        "auto/NASDAQ:AAPL, AAPL",
        "yahoo/HKEX:700, 0700@XHKG",
        "auto/TVC:SPX, ^GSPC",
        "auto/FX:EURUSD, EUR/USD",
        "auto/EURUSD=X, EUR/USD",
        "auto/EUR-USD, EUR/USD",
        "auto/1INCHUSDT, 1INCH/USDT",
        "auto/1000PEPEUSDT, 1000PEPE/USDT",
        "auto/BTC3LUSDT, BTC3L/USDT"
    })
    void a_symbol_in_any_usual_form_is_accepted(String path, String unified) {
        try (var gateway = TestGateway.with(folder)) {
            JsonNode answer = gateway.get("/api/v1/data/" + path).json();
            assertThat(answer.at("/data/instrument").asString())
                    .as(answer.toString())
                    .isEqualTo(unified);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "auto/US0378331005, an ISIN names a security but no market: find its symbol with /api/v1/symbols?q=US0378331005&online=true",
        "yahoo/GB00BH4HKS39, an ISIN names a security but no market",
        "auto/AAPL250117C00150000, options are not supported",
        "deribit/BTC-27DEC24-40000-C, options are not supported",
        "auto/1INCH, auto has no instrument '1INCH'",
        "coinbase/BTC-27DEC24, coinbase has no instrument 'BTC-27DEC24'",
        "gate/BTCUSDT_241227, gate has no instrument 'BTCUSDT_241227'",
        "coinbase/BTC-PERPETUAL, coinbase has no instrument 'BTC-PERPETUAL'",
        "coinbase/VOD.L, coinbase has no instrument 'VOD.L'"
    })
    void what_is_no_instrument_is_not_read_as_some_other_one(String path, String message) {
        try (var gateway = TestGateway.with(folder)) {
            var answer = gateway.get("/api/v1/data/" + path);
            assertThat(answer.status()).as(answer.json().toString()).isEqualTo(404);
            assertThat(answer.json().get("detail").asString()).contains(message);
            assertThat(answer.json().get("candidates")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"BTC", "eth", "PEPE"})
    void the_candidates_of_a_coin_are_its_usual_pairs_and_the_ticker(String coin) {
        try (var gateway = TestGateway.with(folder)) {
            var answer = gateway.get("/api/v1/data/auto/" + coin);
            assertThat(answer.status()).isEqualTo(409);
            List<String> candidates = answer.json()
                    .get("candidates")
                    .valueStream()
                    .map(JsonNode::asString)
                    .toList();
            String code = coin.toUpperCase(Locale.ROOT);
            assertThat(candidates)
                    .containsExactlyInAnyOrder(
                            code + "/USD", code + "/USDT", code + "/EUR", code + ".US", code + "/USDC:USDC");
            for (String candidate : candidates) {
                assertThat(gateway.get("/api/v1/data/auto/" + candidate.replace("/", "%2F"))
                                .status())
                        .as(candidate)
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void a_list_takes_them_too_and_a_mistyped_provider_stays_unknown() {
        try (var gateway = TestGateway.with(folder)) {
            JsonNode quotes = gateway.get(
                            "/api/v1/quotes?symbols=NASDAQ:AAPL,BINANCE:BTCUSDT,BTCUSDT.P,nowhere:BTCUSDT")
                    .json()
                    .get("quotes");
            assertThat(quotes.at("/0/data/instrument").asString()).isEqualTo("AAPL");
            assertThat(quotes.at("/1/data/instrument").asString()).isEqualTo("BTC/USDT");
            assertThat(quotes.at("/2/data/instrument").asString()).isEqualTo("BTC/USDT:USDT");
            assertThat(quotes.at("/3/problem/type").asString()).isEqualTo("/problems/unknown-provider");
            JsonNode found = gateway.get("/api/v1/symbols?q=BINANCE:BTCUSDT.P").json();
            assertThat(found.at("/symbols/0/instrument").asString()).isEqualTo("BTC/USDT:USDT");
        }
    }

    @Test
    void a_symbol_that_is_like_no_other_has_no_suggestion() {
        try (var gateway = TestGateway.with(folder)) {
            JsonNode problem = gateway.get("/api/v1/data/binance/NOSUCHCOIN").json();
            assertThat(problem.get("candidates")).isEmpty();
            assertThat(problem.get("error").asString()).isEqualTo("binance has no instrument 'NOSUCHCOIN'");
        }
    }

    @Test
    void the_symbols_of_a_response_can_be_sent_back() {
        try (var gateway = TestGateway.with(folder)) {
            for (String path :
                    new String[] {"binance/BTC-USD", "kraken/XXBTZUSD", "mock/GC=F", "mock/FOO-EUR", "coinbase/ETH_EUR"
                    }) {
                String provider = path.substring(0, path.indexOf('/'));
                JsonNode data = gateway.get("/api/v1/data/" + path).json().get("data");
                for (String field : new String[] {"provider_symbol", "instrument"}) {
                    String symbol =
                            data.get(field).asString().replace("/", "%2F").replace("^", "%5E");
                    JsonNode again = gateway.get("/api/v1/data/" + provider + "/" + symbol)
                            .json();
                    assertThat(again.at("/data/instrument"))
                            .as(path + " " + field)
                            .isEqualTo(data.get("instrument"));
                }
            }
            assertThat(gateway.get("/api/v1/data/mock/GC=F")
                            .json()
                            .at("/data/price")
                            .asString())
                    .isEqualTo(gateway.get("/api/v1/data/mock/XAU")
                            .json()
                            .at("/data/price")
                            .asString());
        }
    }
}
