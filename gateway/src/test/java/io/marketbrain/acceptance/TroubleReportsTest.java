package io.marketbrain.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.api.ContractClient;
import io.marketbrain.provider.PlaybackServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What users of other market-data clients reported as wrong, with the right result, from the provider's socket on. */
@Timeout(120)
class TroubleReportsTest {
    private static final String TICKER = "/api/v3/ticker/24hr";
    private static final long START = 1704067200000L;

    @TempDir
    Path folder;

    private final PlaybackServer upstream = PlaybackServer.start();
    private TestGateway gateway;

    @BeforeEach
    void start() {
        String url = upstream.url().toString();
        gateway = TestGateway.with(
                folder,
                "LIVE_PROVIDERS",
                "binance,coinbase,kraken",
                "BINANCE_BASE_URL",
                url,
                "COINBASE_BASE_URL",
                url,
                "KRAKEN_BASE_URL",
                url);
    }

    @AfterEach
    void stop() {
        gateway.close();
        upstream.close();
    }

    private static String ticker(String symbol, String price) {
        return """
            {"symbol": "%s", "lastPrice": %s, "bidPrice": "1", "bidQty": "1", "askPrice": "2", "askQty": "1",
             "openPrice": "1", "highPrice": "3", "lowPrice": "0.5", "volume": "5", "quoteVolume": "500", "closeTime": %d}\
            """.formatted(symbol, price, Instant.now().toEpochMilli());
    }

    private static String kline(long openTime, String close) {
        return "[%d,\"1\",\"9\",\"0.5\",\"%s\",\"10\",%d,\"15\",3,\"1\",\"1\",\"0\"]"
                .formatted(openTime, close, openTime + 59_999);
    }

    private static String type(ContractClient.Answer answer) {
        return answer.json().get("type").asString();
    }

    private static List<String> times(ContractClient.Answer answer) {
        return StreamSupport.stream(answer.json().at("/data/candles").spliterator(), false)
                .map(candle -> candle.get("open_time").asString())
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'\"1E-8\"'                                   | 0.00000001",
                "'\"7.09E+3\"'                                | 7090",
                "'\"0.000000000000000001\"'                   | 0.000000000000000001",
                "'\"123456789012345678.901234567890123456\"'  | 123456789012345678.901234567890123456",
                "'\"0.00000644000\"'                          | 0.00000644000",
            })
    void a_price_is_shown_plainly_with_the_digits_that_were_sent(String sent, String shown) {
        upstream.on(TICKER, PlaybackServer.json(ticker("BTCUSDT", sent)));
        ContractClient.Answer answer = gateway.get("/api/v1/data/binance/BTCUSDT");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().at("/data/price").asString()).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "null", "\"NaN\"", "\"1,234.5\"", "\"\"", "\"-0.5\"", "-0.5", "\"\u0665\"", "true"})
    void what_is_no_price_is_an_error(String sent) {
        upstream.on(TICKER, PlaybackServer.json(ticker("BTCUSDT", sent)));
        ContractClient.Answer answer = gateway.get("/api/v1/data/binance/BTCUSDT");
        // An empty text is how providers say that an instrument is not being traded.
        assertThat(answer.status()).as(answer.text()).isEqualTo(sent.equals("\"\"") ? 422 : 502);
        assertThat(answer.json().has("data")).isFalse();
    }

    @Test
    void candles_with_times_in_microseconds_are_an_error() {
        upstream.on("/api/v3/klines", PlaybackServer.json("[" + kline(START * 1000, "1.5") + "]"));
        ContractClient.Answer answer = gateway.get("/api/v1/candles/binance/BTCUSDT?interval=1m&limit=5");
        assertThat(answer.status()).as(answer.text()).isEqualTo(502);
    }

    @Test
    void candles_are_sorted_each_once_and_within_the_range() {
        upstream.on(
                "/api/v3/klines",
                PlaybackServer.json("[" + kline(START + 180_000, "4") + "," + kline(START + 120_000, "3") + ","
                        + kline(START + 120_000, "3") + "," + kline(START + 60_000, "2") + "," + kline(START, "1") + ","
                        + kline(START - 60_000, "7") + "]"));
        ContractClient.Answer answer =
                gateway.get("/api/v1/candles/binance/BTCUSDT?interval=1m&from=1704067200&to=1704067380&limit=10");
        assertThat(times(answer))
                .containsExactly("2024-01-01T00:00:00Z", "2024-01-01T00:01:00Z", "2024-01-01T00:02:00Z");
    }

    @Test
    void of_two_candles_of_one_time_that_differ_the_later_one_counts_and_that_is_said() {
        upstream.on(
                "/api/v3/klines",
                PlaybackServer.json(
                        "[" + kline(START, "1") + "," + kline(START, "2") + "," + kline(START + 60_000, "3") + "]"));
        JsonNode data = gateway.get(
                        "/api/v1/candles/binance/BTCUSDT?interval=1m&from=1704067200&to=1704067320&limit=10")
                .json()
                .get("data");
        assertThat(data.at("/candles/0/close").asString()).isEqualTo("2");
        assertThat(data.at("/quality/0/code").asString()).isEqualTo("conflicting_bars");
    }

    @ParameterizedTest
    @ValueSource(ints = {299, 300, 301, 600, 601, 1000})
    void ranges_at_the_edges_of_a_providers_pages_are_exact(int bars) {
        upstream.on("/products/BTC-USD/candles", (asked, line) -> {
            long from = Instant.parse(asked.parameters().get("start")).getEpochSecond();
            long to = Instant.parse(asked.parameters().get("end")).getEpochSecond();
            var rows = new StringBuilder("[");
            int count = 0;
            for (long at = Math.ceilDiv(to, 60) * 60; at >= from; at -= 60) {
                if (at <= to) {
                    rows.append(count == 0 ? "" : ",").append("[" + at + ",0.5,2,1,1.5,10]");
                    count++;
                }
            }
            PlaybackServer.status(
                            count > 300 ? 400 : 200,
                            count > 300
                                    ? "{\"message\":\"granularity too small\"}"
                                    : rows.append("]").toString())
                    .send(asked, line);
        });
        ContractClient.Answer answer = gateway.get("/api/v1/candles/coinbase/BTC-USD?interval=1m&from=1704067200&to="
                + (START / 1000 + 60L * bars) + "&limit=" + bars);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(times(answer)).hasSize(bars).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "520 | <html>Web server is returning an unknown error</html> | upstream-faulty",
                "200 | <html>Please wait</html>                              | upstream-malformed",
                "200 | ''                                                    | upstream-malformed",
                "204 | ''                                                    | upstream-malformed",
            })
    void a_page_or_nothing_in_place_of_data_is_a_named_error(int status, String body, String problem) {
        upstream.on(TICKER, PlaybackServer.status(status, body));
        ContractClient.Answer answer = gateway.get("/api/v1/data/binance/BTCUSDT");
        assertThat(answer.status()).isEqualTo(502);
        assertThat(type(answer)).isEqualTo("/problems/" + problem);
    }

    @ParameterizedTest
    @ValueSource(ints = {202, 203, 205, 206, 207, 226})
    void a_status_that_does_not_promise_the_whole_response_is_an_error(int status) {
        byte[] body = ticker("BTCUSDT", "\"7\"").getBytes(StandardCharsets.UTF_8);
        upstream.on(TICKER, PlaybackServer.reply(status, Map.of("Content-Range", "bytes 0-99/1234"), body));
        upstream.on("/products/BTC-USD/ticker", PlaybackServer.status(status, """
                {"ask": "8", "bid": "6", "volume": "5", "trade_id": "1", "price": "7", "size": "1",
                 "time": "2024-03-13T11:10:41.270099Z"}"""));
        upstream.on("/0/public/Trades", PlaybackServer.status(status, """
                {"error": [], "result": {"XXBTZUSD": [], "last": "1"}}"""));
        for (String target : List.of("data/binance/BTCUSDT", "data/coinbase/BTC-USD", "trades/kraken/BTC/USD")) {
            ContractClient.Answer answer = gateway.get("/api/v1/" + target);
            if (status == 203) {
                // Changed by a proxy on the way, but whole.
                assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            } else {
                assertThat(answer.status()).as(target + answer.text()).isEqualTo(502);
                assertThat(type(answer)).isEqualTo("/problems/upstream-malformed");
                assertThat(answer.json().get("detail").asString()).contains("HTTP " + status);
            }
        }
    }

    @Test
    void kraken_may_name_a_pair_with_a_slash_in_its_answer() {
        upstream.on("/0/public/Ticker", PlaybackServer.json("""
                {"error": [], "result": {"AAVE/USD": {"a": ["101", "1", "1.000"], "b": ["99", "1", "1.000"],
                 "c": ["100", "0.1"], "v": ["1", "2"], "p": ["100", "100"], "t": [1, 2], "l": ["90", "80"],
                 "h": ["110", "120"], "o": "95"}}}"""));
        upstream.on("/0/public/Depth", PlaybackServer.json("""
                {"error": [], "result": {"AAVE/USD": {"asks": [["101", "1.000", 1704067200]], "bids": [["99", "1.000", 1704067200]]}}}"""));
        assertThat(gateway.get("/api/v1/data/kraken/AAVE/USD")
                        .json()
                        .at("/data/price")
                        .asString())
                .isEqualTo("100");
        ContractClient.Answer book = gateway.get("/api/v1/book/kraken/AAVE/USD");
        assertThat(book.json().at("/data/asks/0/0").asString()).as(book.text()).isEqualTo("101");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ETH/USD", "XETHZUSD", "AAVE/EUR", "AAVE-EUR", "what is this", "=1+1"})
    void kraken_data_under_another_name_is_not_passed_on(String name) {
        upstream.on("/0/public/Ticker", PlaybackServer.json("""
                {"error": [], "result": {"%s": {"a": ["101", "1", "1.000"], "b": ["99", "1", "1.000"],
                 "c": ["100", "0.1"], "v": ["1", "2"], "p": ["100", "100"], "t": [1, 2], "l": ["90", "80"],
                 "h": ["110", "120"], "o": "95"}}}""".formatted(name)));
        ContractClient.Answer answer = gateway.get("/api/v1/data/kraken/AAVE/USD");
        assertThat(answer.status()).as(answer.text()).isEqualTo(502);
        assertThat(type(answer)).isEqualTo("/problems/upstream-untrusted");
        assertThat(answer.json().get("detail").asString()).contains("another instrument");
    }

    @Test
    void data_of_another_instrument_is_untrusted_and_neither_repeated_nor_shown() {
        upstream.on(TICKER, PlaybackServer.json(ticker("DOGEUSDT", "\"0.2705\"")));
        for (String more : List.of("", "?allow=untrusted")) {
            ContractClient.Answer answer = gateway.get("/api/v1/data/binance/BTCUSDT" + more);
            assertThat(answer.status()).as(answer.text()).isEqualTo(502);
            assertThat(type(answer)).isEqualTo("/problems/upstream-untrusted");
            assertThat(answer.json().get("detail").asString()).contains("of another instrument than BTCUSDT");
            assertThat(answer.text()).doesNotContain("0.2705");
        }
        assertThat(upstream.asked(TICKER)).hasSizeLessThanOrEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "1INCHUSDT, 1INCH/USDT",
        "TUSDT, T/USDT",
        "USD1USDT, USD1/USDT",
        "btcusdt, BTC/USDT",
    })
    void joined_codes_are_split_where_the_provider_splits_them(String symbol, String instrument) {
        upstream.on("/api/v3/exchangeInfo", PlaybackServer.json("""
                {"symbols": [{"symbol": "1INCHUSDT", "baseAsset": "1INCH", "quoteAsset": "USDT"},
                 {"symbol": "TUSDT", "baseAsset": "T", "quoteAsset": "USDT"},
                 {"symbol": "USD1USDT", "baseAsset": "USD1", "quoteAsset": "USDT"},
                 {"symbol": "BTCUSDT", "baseAsset": "BTC", "quoteAsset": "USDT"}]}"""));
        upstream.on(
                TICKER,
                (asked, line) -> PlaybackServer.json(ticker(asked.parameters().get("symbol"), "\"7\""))
                        .send(asked, line));
        ContractClient.Answer answer = gateway.get("/api/v1/data/binance/" + symbol);
        assertThat(answer.json().at("/data/instrument").asString())
                .as(answer.text())
                .isEqualTo(instrument);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2024-01-01T05:30:00+05:30",
                "2024-01-01T05:30:00%2B05:30",
                "2024-01-01T00:00:00Z",
                "2024-01-01",
                "1704067200",
                "1704067200000",
            })
    void a_time_may_have_a_plus_sign_or_be_a_number(String from) {
        upstream.on("/api/v3/klines", PlaybackServer.json("[" + kline(START, "1") + "]"));
        ContractClient.Answer answer =
                gateway.get("/api/v1/candles/binance/BTCUSDT?interval=1m&to=1704067260&from=" + from);
        assertThat(times(answer)).as(answer.text()).containsExactly("2024-01-01T00:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "utf-8", "UTF8", "identity", "gzip", "x-gzip"})
    void a_packed_body_is_read_whatever_its_header_says(String encoding) {
        byte[] body = ("\uFEFF" + ticker("BTCUSDT", "\"7\"")).getBytes(StandardCharsets.UTF_8);
        var headers = Map.of("Content-Encoding", encoding);
        boolean named = encoding.contains("gzip");
        upstream.on(TICKER, PlaybackServer.reply(200, headers, PlaybackServer.gzipped(body)));
        assertThat(gateway.get("/api/v1/data/binance/BTCUSDT").status()).isEqualTo(200);
        if (!named) {
            upstream.on(TICKER, PlaybackServer.reply(200, headers, body));
            assertThat(gateway.get("/api/v1/data/binance/BTCUSDT?max_age=0").status())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource({"br, br", "deflate, deflate", "zstd, zstd", "'gzip, br', br", "=1+1, unknown"})
    void an_encoding_that_was_not_requested_is_named(String encoding, String named) {
        upstream.on(
                TICKER,
                PlaybackServer.reply(200, Map.of("Content-Encoding", encoding), new byte[] {0x0b, 0x02, (byte) 0x80}));
        ContractClient.Answer answer = gateway.get("/api/v1/data/binance/BTCUSDT");
        assertThat(type(answer)).isEqualTo("/problems/upstream-malformed");
        assertThat(answer.json().get("detail").asString())
                .contains("an encoding that was not requested (" + named + ")");
    }

    @Test
    void csv_for_spreadsheets_has_times_that_they_read_as_dates() {
        upstream.on(
                "/api/v3/klines",
                PlaybackServer.json("[" + kline(START, "1") + "," + kline(START + 60_000, "2") + "]"));
        String target = "/api/v1/candles/binance/BTCUSDT?interval=1m&from=1704067200&to=1704067320&format=";
        ContractClient.Answer excel = gateway.get(target + "excel");
        ContractClient.Answer csv = gateway.get(target + "csv");
        assertThat(excel.text().lines().skip(1))
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("2024-01-01 00:00:00,1,"),
                        second -> assertThat(second).startsWith("2024-01-01 00:01:00,1,"));
        assertThat(excel.text().replaceAll("(?m)^(\\S+) (\\S+?),", "$1T$2Z,")).isEqualTo(csv.text());
        assertThat(excel.header("Content-Type")).isEqualTo(csv.header("Content-Type"));
        assertThat(excel.header("X-Missing-Bars")).isEqualTo("0");
        assertThat(excel.header("Content-Disposition")).isEqualTo(csv.header("Content-Disposition"));
    }

    @ParameterizedTest
    @CsvSource({
        "2024-03-09T12:00:00Z, 2024-03-08T21:00:00Z",
        "2024-03-11T12:00:00Z, 2024-03-08T21:00:00Z",
        "2024-03-11T23:00:00Z, 2024-03-11T20:00:00Z",
        "2024-11-02T12:00:00Z, 2024-11-01T20:00:00Z",
        "2024-11-04T23:00:00Z, 2024-11-04T21:00:00Z",
    })
    void a_stock_has_its_closing_time_while_its_exchange_is_closed(String at, String closing) {
        assertThat(gateway.get("/api/v1/data/mock/AAPL?at=" + at)
                        .json()
                        .at("/data/as_of")
                        .asString())
                .isEqualTo(closing);
    }

    @ParameterizedTest
    @CsvSource({
        "2024-03-08, 2024-03-08T14:30:00Z",
        "2024-03-11, 2024-03-11T13:30:00Z",
        "2024-11-01, 2024-11-01T13:30:00Z",
        "2024-11-04, 2024-11-04T14:30:00Z",
    })
    void the_session_of_a_stock_begins_by_the_clock_of_its_exchange(String day, String opening) {
        ContractClient.Answer answer = gateway.get("/api/v1/candles/mock/AAPL?interval=30m&limit=1&from=" + day);
        assertThat(times(answer)).as(answer.text()).containsExactly(opening);
    }

    @Test
    void kept_connections_that_the_provider_closes_as_requests_arrive_open_no_circuit() {
        byte[] body = """
                {"ask": "8", "bid": "6", "volume": "5", "trade_id": "1", "price": "7", "size": "1",
                 "time": "2024-03-13T11:10:41.270099Z"}""".getBytes(StandardCharsets.UTF_8);
        var served = new java.util.concurrent.ConcurrentHashMap<PlaybackServer.Line, Boolean>();
        upstream.otherwise((asked, line) -> {
            if (served.putIfAbsent(line, true) != null) {
                line.close();
            } else {
                PlaybackServer.json(body).send(asked, line);
            }
        });
        for (int i = 0; i < 12; i++) {
            ContractClient.Answer answer = gateway.get("/api/v1/data/coinbase/C" + i + "-USD");
            assertThat(answer.status()).as(i + ": " + answer.text()).isEqualTo(200);
        }
    }

    @Test
    void a_provider_that_closes_every_connection_still_opens_its_circuit() {
        upstream.otherwise(PlaybackServer.hangUp());
        for (int i = 0; i < 12; i++) {
            gateway.get("/api/v1/data/coinbase/C" + i + "-USD");
        }
        assertThat(type(gateway.get("/api/v1/data/coinbase/BTC-USD"))).isEqualTo("/problems/circuit-open");
    }
}
