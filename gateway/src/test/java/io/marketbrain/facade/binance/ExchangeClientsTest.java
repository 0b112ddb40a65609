package io.marketbrain.facade.binance;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.acceptance.TestGateway;
import io.marketbrain.facade.AskedFile;
import io.marketbrain.facade.ClientValues;
import io.marketbrain.facade.FacadeClient;
import io.marketbrain.facade.NpmPackages;
import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * ccxt and binance-api-node with nothing but their addresses changed: REST at a simulated instant, streams at the running clock.
 * What they return has the digits of our own API at the same instant.
 */
class ExchangeClientsTest {
    private static final String CLIENTS = "exchange-clients";
    private static final String INSTANT = "2024-02-21T09:00:00Z";
    private static final String OWN = "/at/" + INSTANT + "/api/v1/%s/binance/BTCUSDT";

    private static TestGateway gateway;
    private static FacadeClient own;
    private static JsonValue result;

    @BeforeAll
    static void run(@TempDir Path folder) throws Exception {
        gateway = TestGateway.with(folder, "MOCK_CLOCK", INSTANT, "MOCK_CLOCK_RUNNING", "true");
        own = new FacadeClient(gateway.port(), "");
        NpmPackages npm = NpmPackages.locked(CLIENTS);
        NpmPackages.Result printed = NpmPackages.run(
                NpmPackages.project(CLIENTS),
                120,
                List.of(
                        "node",
                        "check.mjs",
                        Integer.toString(gateway.port()),
                        INSTANT,
                        npm.file("").toString()));
        assertThat(printed.status()).as(printed.output()).isZero();
        String json = printed.output().lines().reduce((_, last) -> last).orElseThrow();
        result = JsonValue.parse(json.getBytes(StandardCharsets.UTF_8));
    }

    @AfterAll
    static void stop() {
        own.close();
        gateway.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ccxt",
                "node",
                "kraken",
                "coinbase",
                "ccxtStreams",
                "krakenStreams",
                "coinbaseStreams",
                "nodeStreams"
            })
    void every_call_of_a_client_succeeds(String client) throws MalformedPayload {
        assertThat(result.at(client).find("failed").map(JsonValue::toString)).isEmpty();
    }

    /** A ticker as ccxt returns it has the digits of a quote of ours. */
    private static void assertTicker(JsonValue ticker, JsonValue quote) throws MalformedPayload {
        assertThat(ClientValues.texts(
                        ticker, "last", "bid", "bidVolume", "ask", "askVolume", "open", "high", "low", "baseVolume"))
                .isEqualTo(ClientValues.texts(
                        quote, "price", "bid", "bid_size", "ask", "ask_size", "open", "high", "low", "volume"));
    }

    @Test
    void ccxts_tickers_have_our_digits() throws MalformedPayload {
        JsonValue quote = own.json(OWN.formatted("data")).at("data");
        for (JsonValue ticker : List.of(
                result.at("ccxt").at("ticker"), result.at("ccxt").at("tickers").at("BTC/USDT"))) {
            assertTicker(ticker, quote);
        }
        JsonValue best = result.at("ccxt").at("bidsAsks").at("BTC/USDT");
        assertThat(ClientValues.texts(best, "bid", "askVolume"))
                .isEqualTo(ClientValues.texts(quote, "bid", "ask_size"));
    }

    @Test
    void ccxts_candles_have_our_digits() throws MalformedPayload {
        assertThat(ClientValues.rows(result.at("ccxt").at("candles")))
                .hasSize(5)
                .isEqualTo(candles("?interval=1h&limit=5"));
        assertThat(ClientValues.rows(result.at("ccxt").at("candlesSince")))
                .hasSize(5)
                .isEqualTo(candles("?interval=1d&limit=5&from=2024-02-11T09:00:00Z"));
    }

    @Test
    void ccxts_books_and_trades_have_our_values() throws MalformedPayload {
        JsonValue book = own.json(OWN.formatted("book") + "?depth=5").at("data");
        assertThat(ClientValues.levels(result.at("ccxt").at("book").at("bids")))
                .isEqualTo(ClientValues.levels(book.at("bids")));
        assertThat(ClientValues.levels(result.at("ccxt").at("book").at("asks")))
                .isEqualTo(ClientValues.levels(book.at("asks")));
        List<String> ours = new ArrayList<>();
        for (JsonValue trade : own.json(OWN.formatted("trades") + "?limit=5")
                .at("data")
                .at("trades")
                .items()) {
            ours.add(ClientValues.texts(trade, "id", "price", "size", "side"));
        }
        List<String> theirs = new ArrayList<>();
        for (JsonValue trade : result.at("ccxt").at("trades").items()) {
            theirs.add(ClientValues.texts(trade, "id", "price", "amount", "side"));
        }
        assertThat(theirs).hasSize(5).isEqualTo(ours);
    }

    @Test
    void ccxt_reads_the_market_and_the_errors() throws MalformedPayload {
        JsonValue market = result.at("ccxt").at("market");
        assertThat(ClientValues.texts(market.at("precision"), "amount", "price"))
                .isEqualTo("0.00001 0.01");
        assertThat(result.at("ccxt").at("time").integer())
                .isEqualTo(Instant.parse(INSTANT).toEpochMilli());
        assertThat(result.at("ccxt").at("unknown").text()).startsWith("BadSymbol: ");
        assertThat(result.at("ccxt").at("account").text())
                .startsWith("AuthenticationError: ")
                .contains("market data only");
        assertThat(result.at("node").at("unknown").text()).isEqualTo("-1121 Invalid symbol.");
    }

    @Test
    void binance_api_node_has_our_digits() throws MalformedPayload {
        JsonValue quote = own.json(OWN.formatted("data")).at("data");
        JsonValue node = result.at("node");
        assertThat(node.at("prices").at("BTCUSDT").text())
                .isEqualTo(quote.at("price").text());
        assertThat(ClientValues.texts(node.at("day"), "lastPrice", "bidPrice", "askQty", "volume"))
                .isEqualTo(ClientValues.texts(quote, "price", "bid", "ask_size", "volume"));
        assertThat(ClientValues.texts(node.at("best").at("BTCUSDT"), "bidPrice", "askQty"))
                .isEqualTo(ClientValues.texts(quote, "bid", "ask_size"));
        JsonValue candle = own.json(OWN.formatted("candles") + "?interval=1h&limit=3")
                .at("data")
                .at("candles")
                .at(0);
        assertThat(ClientValues.texts(node.at("candles").at(0), "open", "high", "low", "close", "volume"))
                .isEqualTo(ClientValues.texts(candle, "open", "high", "low", "close", "volume"));
    }

    @Test
    void ccxts_kraken_has_our_digits() throws MalformedPayload {
        String pair = "/at/" + INSTANT + "/api/v1/%s/kraken/BTC/USD";
        JsonValue kraken = result.at("kraken");
        JsonValue quote = own.json(pair.formatted("data")).at("data");
        for (JsonValue ticker :
                List.of(kraken.at("ticker"), kraken.at("tickers").at("BTC/USD"))) {
            assertTicker(ticker, quote);
        }
        assertThat(kraken.at("market").at("id").text()).isEqualTo("XXBTZUSD");
        assertThat(ClientValues.rows(kraken.at("candles")))
                .hasSize(5)
                .isEqualTo(ClientValues.ownRows(own.json(pair.formatted("candles") + "?interval=1h&limit=5")));
        JsonValue book = own.json(pair.formatted("book") + "?depth=5").at("data");
        assertThat(ClientValues.levels(kraken.at("book").at("bids"))).isEqualTo(ClientValues.levels(book.at("bids")));
        JsonValue trade = own.json(pair.formatted("trades") + "?limit=5")
                .at("data")
                .at("trades")
                .at(4);
        assertThat(ClientValues.texts(kraken.at("trades").at(4), "price", "amount", "side"))
                .isEqualTo(ClientValues.texts(trade, "price", "size", "side"));
        assertThat(kraken.at("unknown").text()).contains("EQuery:Unknown asset pair");
        assertThat(kraken.at("account").text()).startsWith("PermissionDenied: ").contains("market data only");
    }

    @Test
    void ccxts_coinbase_has_our_digits() throws MalformedPayload {
        String pair = "/at/" + INSTANT + "/api/v1/%s/coinbase/BTC-USD";
        JsonValue coinbase = result.at("coinbase");
        JsonValue quote = own.json(pair.formatted("data")).at("data");
        assertThat(ClientValues.texts(coinbase.at("ticker"), "last", "bid", "ask", "baseVolume"))
                .isEqualTo(ClientValues.texts(quote, "price", "bid", "ask", "volume"));
        assertThat(ClientValues.texts(coinbase.at("stats"), "open", "high", "low", "last", "volume"))
                .isEqualTo(ClientValues.texts(quote, "open", "high", "low", "price", "volume"));
        JsonValue candles = own.json(pair.formatted("candles") + "?interval=1h&from=2024-02-20T09:00:00Z&limit=5");
        assertThat(ClientValues.withoutZeros(ClientValues.rows(coinbase.at("candles"))))
                .hasSize(5)
                .isEqualTo(ClientValues.withoutZeros(ClientValues.ownRows(candles)));
        JsonValue book = own.json(pair.formatted("book") + "?depth=5").at("data");
        for (String side : List.of("bids", "asks")) {
            assertThat(ClientValues.levels(coinbase.at("book").at(side)))
                    .startsWith(ClientValues.levels(book.at(side)).toArray(String[]::new));
        }
        JsonValue trade = own.json(pair.formatted("trades") + "?limit=5")
                .at("data")
                .at("trades")
                .at(4);
        assertThat(ClientValues.texts(coinbase.at("trades").at(4), "id", "price", "amount", "side"))
                .isEqualTo(ClientValues.texts(trade, "id", "price", "size", "side"));
        assertThat(coinbase.at("time").integer())
                .isEqualTo(Instant.parse(INSTANT).toEpochMilli());
        assertThat(coinbase.at("unknown").text()).contains("NotFound");
        assertThat(coinbase.at("account").text())
                .startsWith("AuthenticationError: ")
                .contains("market data only");
    }

    /** The changes of a book and the REST book that they are applied to make the book of the market at that instant. */
    @Test
    void ccxts_watched_book_is_the_book_at_its_time() throws MalformedPayload {
        JsonValue watched = result.at("ccxtStreams").at("book");
        Instant at = Instant.ofEpochMilli(watched.at("nonce").integer());
        JsonValue book =
                own.json("/at/" + at + "/api/v1/book/binance/BTCUSDT?depth=5").at("data");
        assertThat(ClientValues.levels(watched.at("bids"))).isEqualTo(ClientValues.levels(book.at("bids")));
        assertThat(ClientValues.levels(watched.at("asks"))).isEqualTo(ClientValues.levels(book.at("asks")));
    }

    @Test
    void watched_prices_are_those_of_the_market_at_their_time() throws MalformedPayload {
        JsonValue ticker = result.at("ccxtStreams").at("ticker");
        Instant at = Instant.ofEpochMilli(ticker.at("timestamp").integer());
        JsonValue quote = own.json("/at/" + at + "/api/v1/data/binance/BTCUSDT").at("data");
        assertThat(ClientValues.texts(ticker, "last", "open", "high", "low", "baseVolume"))
                .isEqualTo(ClientValues.texts(quote, "price", "open", "high", "low", "volume"));
        JsonValue trade = result.at("ccxtStreams").at("trades").at(0);
        Instant traded = Instant.ofEpochMilli(trade.at("timestamp").integer());
        List<String> known = new ArrayList<>();
        for (JsonValue one : own.json("/at/" + traded.plusSeconds(1) + "/api/v1/trades/binance/BTCUSDT?limit=100")
                .at("data")
                .at("trades")
                .items()) {
            known.add(ClientValues.texts(one, "id", "price", "size", "side"));
        }
        assertThat(known).contains(ClientValues.texts(trade, "id", "price", "amount", "side"));
        JsonValue node = result.at("nodeStreams");
        assertThat(node.at("candle").at("interval").text()).isEqualTo("1m");
        assertThat(node.at("depth").at("firstUpdateId").integer()).isEqualTo(1);
        assertThat(node.at("partial").at("bids").items()).hasSize(5);
    }

    /** ccxt's kraken reads JSON numbers, which lose zeros at their ends in JavaScript. */
    @Test
    void what_ccxts_kraken_watches_is_the_market_at_its_time() throws MalformedPayload {
        JsonValue watched = result.at("krakenStreams");
        JsonValue ticker = watched.at("ticker");
        JsonValue quote = own.json(at(ticker.at("info").at("timestamp").text(), "data/kraken/BTC/USD"))
                .at("data");
        assertThat(ClientValues.withoutZeros(List.of(
                        ClientValues.texts(ticker, "last", "bid", "bidVolume", "ask", "askVolume", "high", "low"))))
                .isEqualTo(ClientValues.withoutZeros(List.of(
                        ClientValues.texts(quote, "price", "bid", "bid_size", "ask", "ask_size", "high", "low"))));
        watchedTrade(watched.at("trades").at(0), "kraken/BTC/USD");
        List<JsonValue> candles = watched.at("candles").items();
        Instant open = Instant.ofEpochMilli(candles.getFirst().at(0).integer());
        JsonValue bar = own.json(at(
                open.plusSeconds(120).toString(),
                "candles/kraken/BTC/USD?interval=1m&from=" + open + "&to=" + open.plusSeconds(60)));
        assertThat(candles).as("complete bars and the open one").hasSizeGreaterThan(1);
        assertThat(ClientValues.withoutZeros(ClientValues.rows(watched.at("candles"))))
                .startsWith(ClientValues.withoutZeros(ClientValues.ownRows(bar)).getFirst());
        watchedBook(watched.at("book"), "kraken/BTC/USD");
    }

    @Test
    void what_ccxts_coinbase_watches_is_the_market_at_its_time() throws MalformedPayload {
        JsonValue watched = result.at("coinbaseStreams");
        JsonValue ticker = watched.at("ticker");
        JsonValue quote = own.json(at(ticker.at("datetime").text(), "data/coinbase/BTC-USD"))
                .at("data");
        assertTicker(ticker, quote);
        watchedTrade(watched.at("trades").at(0), "coinbase/BTC-USD");
        watchedBook(watched.at("book"), "coinbase/BTC-USD");
    }

    private static String at(String instant, String what) {
        return "/at/" + instant + "/api/v1/" + what;
    }

    private static void watchedTrade(JsonValue trade, String symbol) throws MalformedPayload {
        Instant traded = Instant.ofEpochMilli(trade.at("timestamp").integer());
        List<String> known = new ArrayList<>();
        for (JsonValue one : own.json(at(traded.plusSeconds(1).toString(), "trades/" + symbol + "?limit=100"))
                .at("data")
                .at("trades")
                .items()) {
            known.add(ClientValues.texts(one, "side")
                    + ClientValues.withoutZeros(List.of(ClientValues.texts(one, "id", "price", "size"))));
        }
        assertThat(known)
                .contains(ClientValues.texts(trade, "side")
                        + ClientValues.withoutZeros(List.of(ClientValues.texts(trade, "id", "price", "amount"))));
    }

    private static void watchedBook(JsonValue watched, String symbol) throws MalformedPayload {
        Instant at = Instant.ofEpochMilli(watched.at("at").integer());
        JsonValue book =
                own.json(at(at.toString(), "book/" + symbol + "?depth=10")).at("data");
        for (String side : List.of("bids", "asks")) {
            assertThat(ClientValues.levels(watched.at(side))).hasSize(10).isEqualTo(ClientValues.levels(book.at(side)));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ccxt",
                "node",
                "kraken",
                "coinbase",
                "ccxtStreams",
                "krakenStreams",
                "coinbaseStreams",
                "nodeStreams"
            })
    void clients_ask_for_what_they_were_seen_to_ask(String client) throws Exception {
        List<String> asked = new ArrayList<>();
        for (JsonValue one : result.at("asked").at(client).items()) {
            if (one.text().contains("\"ping\"")) {
                continue; // as often as the check takes
            }
            asked.add(one.text()
                    .replace("/at/" + INSTANT, "")
                    .replaceAll("/compat/(binance|kraken|coinbase)", "")
                    .replaceAll("\"(timestamp|req_id)\":\\d+", "\"$1\":0")
                    .replaceAll("\"signature\":\"[^\"]+\"", "\"signature\":\"\"")
                    .replaceAll("timestamp=\\d+", "timestamp=<ms>")
                    .replaceAll("nonce=\\d+", "nonce=<n>")
                    .replaceAll("signature=\\w+", "signature=<hmac>")
                    .strip());
        }
        asked.sort(null); // several sockets at the same time
        AskedFile.check(client, asked);
    }

    private static List<String> candles(String query) throws MalformedPayload {
        return ClientValues.ownRows(own.json(OWN.formatted("candles") + query));
    }
}
