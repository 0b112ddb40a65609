package io.marketbrain.facade.binance;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.acceptance.TestGateway;
import io.marketbrain.facade.AskedFile;
import io.marketbrain.facade.FacadeClient;
import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Binance's REST API as our data fills it: its shapes, its errors, and digits that are those of our own API. */
class BinanceFacadeTest {
    private static final String BTC = "/api/v1/%s/binance/BTCUSDT";

    private static TestGateway gateway;
    private static FacadeClient binance;
    private static FacadeClient own;

    @BeforeAll
    static void start(@TempDir Path folder) {
        gateway = TestGateway.with(folder, "MOCK_CLOCK", "2024-02-21T09:00:00Z");
        binance = new FacadeClient(gateway.port(), "/compat/binance");
        own = new FacadeClient(gateway.port(), "");
    }

    @AfterAll
    static void stop() {
        binance.close();
        own.close();
        gateway.close();
    }

    @Test
    void tells_the_time_of_the_gateways_clock() {
        assertThat(binance.body("/api/v3/ping")).isEqualTo("{}");
        assertThat(binance.body("/api/v3/time")).isEqualTo("{\"serverTime\":1708506000000}");
    }

    @Test
    void candles_have_the_digits_of_our_own() throws MalformedPayload {
        List<String> ours = new ArrayList<>();
        for (JsonValue candle : own.json(BTC.formatted("candles") + "?interval=1h&limit=3")
                .at("data")
                .at("candles")
                .items()) {
            ours.add(candle.at("open").text() + " " + candle.at("high").text() + " "
                    + candle.at("low").text() + " " + candle.at("close").text() + " "
                    + candle.at("volume").text());
        }
        List<String> theirs = new ArrayList<>();
        for (JsonValue row : binance.json("/api/v3/klines?symbol=BTCUSDT&interval=1h&limit=3")
                .items()) {
            theirs.add(
                    row.at(1).text() + " " + row.at(2).text() + " " + row.at(3).text() + " "
                            + row.at(4).text() + " " + row.at(5).text());
        }
        assertThat(theirs).hasSize(3).isEqualTo(ours);
    }

    @Test
    void a_range_of_candles_includes_its_end() throws MalformedPayload {
        List<JsonValue> rows = binance.json("/api/v3/uiKlines?symbol=BTCUSDT&interval=1h&startTime=1708498800000"
                        + "&endTime=1708502400000")
                .items();
        assertThat(rows).hasSize(2);
        assertThat(rows.getFirst().at(0).integer()).isEqualTo(1708498800000L);
        assertThat(rows.getFirst().at(6).integer()).isEqualTo(1708502399999L);
        assertThat(binance.body("/api/v3/klines?symbol=BTCUSDT&interval=1h&startTime=1908498800000"))
                .isEqualTo("[]");
    }

    @Test
    void tickers_have_the_digits_of_our_own() throws MalformedPayload {
        JsonValue quote = own.json(BTC.formatted("data")).at("data");
        JsonValue day = binance.json("/api/v3/ticker/24hr?symbol=BTCUSDT");
        assertThat(day.at("lastPrice").text()).isEqualTo(quote.at("price").text());
        assertThat(day.at("volume").text()).isEqualTo(quote.at("volume").text());
        assertThat(day.at("closeTime").integer()).isEqualTo(1708506000000L);
        assertThat(binance.json("/api/v3/ticker/24hr?symbol=BTCUSDT&type=MINI").find("bidPrice"))
                .isEmpty();
        assertThat(binance.json("/api/v3/ticker/price?symbol=BTCUSDT")
                        .at("price")
                        .text())
                .isEqualTo(quote.at("price").text());
        JsonValue both = binance.json("/api/v3/ticker/bookTicker?symbols=%5B%22BTCUSDT%22,%22ETHUSDT%22%5D");
        assertThat(both.items()).hasSize(2);
        assertThat(both.at(0).at("bidPrice").text()).isEqualTo(quote.at("bid").text());
        assertThat(both.at(0).at("askQty").text())
                .isEqualTo(quote.at("ask_size").text());
        assertThat(binance.json("/api/v3/ticker/price").items()).hasSizeGreaterThan(5);
    }

    @Test
    void books_and_trades_have_the_digits_of_our_own() throws MalformedPayload {
        JsonValue book = own.json(BTC.formatted("book") + "?depth=5").at("data");
        JsonValue depth = binance.json("/api/v3/depth?symbol=BTCUSDT&limit=5");
        assertThat(depth.at("bids").items()).hasSize(5);
        assertThat(depth.at("bids").at(4).at(0).text())
                .isEqualTo(book.at("bids").at(4).at(0).text());
        assertThat(depth.at("asks").at(4).at(1).text())
                .isEqualTo(book.at("asks").at(4).at(1).text());
        JsonValue trade = own.json(BTC.formatted("trades") + "?limit=2")
                .at("data")
                .at("trades")
                .at(1);
        JsonValue plain = binance.json("/api/v3/trades?symbol=BTCUSDT&limit=2").at(1);
        JsonValue aggregated =
                binance.json("/api/v3/aggTrades?symbol=BTCUSDT&limit=2").at(1);
        assertThat(plain.at("price").text()).isEqualTo(trade.at("price").text());
        assertThat(plain.at("qty").text()).isEqualTo(trade.at("size").text());
        assertThat(Long.toString(plain.at("id").integer()))
                .isEqualTo(trade.at("id").text());
        assertThat(plain.at("isBuyerMaker").bool())
                .isEqualTo(trade.at("side").text().equals("sell"));
        assertThat(aggregated.at("a").integer()).isEqualTo(plain.at("id").integer());
        assertThat(aggregated.at("p").text()).isEqualTo(trade.at("price").text());
    }

    @Test
    void trades_of_a_range_begin_at_its_start() throws MalformedPayload {
        long start = 1708419600000L;
        List<JsonValue> trades = binance.json("/api/v3/aggTrades?symbol=BTCUSDT&limit=50&startTime=" + start
                        + "&endTime=" + (start + 3600_000))
                .items();
        assertThat(trades).hasSize(50);
        assertThat(trades.getFirst().at("T").integer()).isBetween(start, start + 10_000);
        assertThat(trades.getLast().at("T").integer()).isLessThan(start + 3600_000);
    }

    @Test
    void the_average_price_lies_within_the_last_minutes() throws MalformedPayload {
        JsonValue average = binance.json("/api/v3/avgPrice?symbol=BTCUSDT");
        JsonValue hour = binance.json("/api/v3/klines?symbol=BTCUSDT&interval=1h&limit=2")
                .at(0);
        assertThat(average.at("mins").integer()).isEqualTo(5);
        assertThat(average.at("price").decimal())
                .isBetween(hour.at(3).decimal(), hour.at(2).decimal());
    }

    @Test
    void the_list_of_symbols_says_that_they_are_mock_data_and_has_their_steps() throws MalformedPayload {
        JsonValue info = binance.json("/api/v3/exchangeInfo");
        assertThat(info.at("mock").bool()).isTrue();
        assertThat(info.at("timezone").text()).isEqualTo("UTC");
        List<String> symbols = new ArrayList<>();
        for (JsonValue symbol : info.at("symbols").items()) {
            symbols.add(symbol.at("symbol").text());
        }
        assertThat(symbols).contains("BTCUSDT", "ETHUSDT").doesNotHaveDuplicates();
        JsonValue one = binance.json("/api/v3/exchangeInfo?symbol=BTCUSDT")
                .at("symbols")
                .at(0);
        assertThat(one.at("baseAsset").text()).isEqualTo("BTC");
        assertThat(one.at("quoteAsset").text()).isEqualTo("USDT");
        assertThat(one.at("filters").at(0).at("tickSize").decimal()).isPositive();
        assertThat(binance.json("/fapi/v1/exchangeInfo").at("symbols").items()).isEmpty();
        assertThat(binance.json("/dapi/v1/exchangeInfo").at("symbols").items()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/v3/klines?symbol=BTCUSDT | 400 | -1102 | Mandatory parameter 'interval' was not sent, was"
                        + " empty/null, or malformed.",
                "/api/v3/klines?symbol=BTCUSDT&interval=7m | 400 | -1120 | Invalid interval.",
                "/api/v3/klines?symbol=BTCUSDT&interval=5s | 400 | -1120 | Invalid interval.",
                "/api/v3/ticker/price?symbol=NOTHING | 400 | -1121 | Invalid symbol.",
                "/api/v3/ticker/price?symbol=btcusdt | 400 | -1100 | Illegal characters found in parameter 'symbol';"
                        + " legal range is '^[A-Z0-9-_.]{1,20}$'.",
                "/api/v3/depth?symbol= | 400 | -1105 | Parameter 'symbol' was empty.",
                "/api/v3/depth?symbol=BTCUSDT&limit=x | 400 | -1100 | Illegal characters found in parameter 'limit';"
                        + " legal range is '^[0-9]{1,20}$'.",
                "/api/v3/depth?symbol=BTCUSDT&limit=0 | 400 | -1130 | Data sent for parameter 'limit' is not valid.",
                "/api/v3/depth?symbol=BTCUSDT&symbol=BTCUSDT | 400 | -1101 | Duplicate values for a parameter"
                        + " detected.",
                "/api/v3/time?x=1 | 400 | -1104 | Not all sent parameters were read; read '0' parameter(s) but was"
                        + " sent '1'.",
                "/api/v3/ticker/24hr?symbol=BTCUSDT&symbols=%5B%5D | 400 | -1128 | Combination of optional parameters"
                        + " invalid.",
                "/api/v3/nothing | 404 | -1020 | This operation is not supported.",
                "/api/v3/account?timestamp=1&signature=x | 401 | -1002 | You are not authorized to execute this"
                        + " request: this gateway serves market data only, no accounts and no orders.",
            })
    void errors_are_binances(String target, int status, int code, String message) {
        HttpResponse<String> response = binance.get(target);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).isEqualTo("{\"code\":" + code + ",\"msg\":\"" + message + "\"}");
    }

    @Test
    void orders_are_refused_whatever_the_method() {
        assertThat(binance.send("POST", "/api/v3/order?symbol=BTCUSDT").body()).startsWith("{\"code\":-1002,");
        assertThat(binance.send("DELETE", "/sapi/v1/margin/order").body()).startsWith("{\"code\":-1002,");
        assertThat(binance.send("POST", "/api/v3/time").statusCode()).isEqualTo(405);
    }

    @Test
    void responses_say_that_they_are_mock_data_and_what_they_weigh() {
        HttpResponse<String> first = binance.get("/api/v3/depth?symbol=BTCUSDT&limit=500");
        assertThat(first.headers().firstValue("X-Mock")).contains("true");
        assertThat(first.headers().firstValue("X-Provider")).contains("binance");
        long before = weight(first);
        assertThat(weight(binance.get("/api/v3/trades?symbol=BTCUSDT"))).isEqualTo(before + 25);
    }

    @Test
    void answers_what_python_binance_and_freqtrade_were_seen_to_ask() throws IOException {
        for (String asked : AskedFile.read("python-binance-and-freqtrade")) {
            String target = asked.substring("GET ".length())
                    .replace("\"", "%22")
                    .replace("[", "%5B")
                    .replace("]", "%5D");
            assertThat(binance.get(target).statusCode()).as(asked).isEqualTo(200);
        }
    }

    private static long weight(HttpResponse<String> response) {
        return Long.parseLong(
                response.headers().firstValue("X-MBX-USED-WEIGHT-1M").orElseThrow());
    }
}
