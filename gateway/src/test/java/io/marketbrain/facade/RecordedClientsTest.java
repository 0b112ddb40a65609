package io.marketbrain.facade;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.acceptance.TestGateway;
import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.provider.feed.RecordedFrames;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Programs of others, unmodified, against a gateway in live mode whose providers send what was recorded from them: what the programs
 * return has the digits that the providers sent and our own API has.
 */
@Timeout(300)
class RecordedClientsTest {
    private static final String EXCHANGES = "exchange-clients";
    private static final String CANDLES =
            "/api/v1/candles/binance/ETHBTC?interval=1d&from=2019-01-01&to=2020-01-01&limit=365";

    private static RecordedUpstream upstream;
    private static TestGateway gateway;
    private static FacadeClient own;

    @BeforeAll
    static void start(@TempDir Path folder) {
        upstream = new RecordedUpstream();
        gateway = upstream.gateway(folder, "facades.coingecko.provider", "kraken");
        own = new FacadeClient(gateway.port(), "");
    }

    @AfterAll
    static void stop() {
        own.close();
        gateway.close();
        upstream.close();
    }

    private static JsonValue lastLine(NpmPackages.Result printed) throws MalformedPayload {
        assertThat(printed.status()).as(printed.output()).isZero();
        String json = printed.output().lines().reduce((_, last) -> last).orElseThrow();
        return JsonValue.parse(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void exchange_clients_return_the_digits_that_exchanges_sent() throws MalformedPayload {
        NpmPackages npm = NpmPackages.locked(EXCHANGES);
        JsonValue result = lastLine(NpmPackages.run(
                NpmPackages.project(EXCHANGES),
                120,
                List.of(
                        "node",
                        "recorded.mjs",
                        Integer.toString(gateway.port()),
                        npm.file("").toString())));
        for (String client : List.of("binance", "node", "kraken", "coinbase", "krakenStreams", "coinbaseStreams")) {
            assertThat(result.at(client).members())
                    .as(client + ": " + result.at(client).find("failed").map(RecordedClientsTest::text))
                    .doesNotContainKey("failed");
        }
        binance(result.at("binance"));
        node(result.at("node"));
        kraken(result.at("kraken"));
        coinbase(result.at("coinbase"));
        krakenStreams(result.at("krakenStreams"));
        coinbaseStreams(result.at("coinbaseStreams"));
    }

    /** A watched trade is one that was recorded; numbers of JavaScript have no zeros at their ends. */
    private static void krakenStreams(JsonValue result) throws MalformedPayload {
        List<String> krakens = new ArrayList<>();
        for (String message : RecordedFrames.of("kraken/live-btc-eth")) {
            if (message.startsWith("{\"channel\":\"trade\"")) {
                for (JsonValue trade : JsonValue.parse(message.getBytes(StandardCharsets.UTF_8))
                        .at("data")
                        .items()) {
                    krakens.add(trade.at("trade_id").integer() + " "
                            + ClientValues.withoutZeros(List.of(ClientValues.texts(trade, "price", "qty"))));
                }
            }
        }
        JsonValue watched = result.at("trades").at(0);
        assertThat(krakens)
                .contains(watched.at("id").text() + " "
                        + ClientValues.withoutZeros(List.of(ClientValues.texts(watched, "price", "amount"))));
    }

    /** What is watched was recorded; trades and levels of a book are JSON texts there and here. */
    private static void coinbaseStreams(JsonValue result) throws MalformedPayload {
        List<String> tickers = new ArrayList<>();
        List<String> trades = new ArrayList<>();
        List<String> levels = new ArrayList<>();
        for (String message : RecordedFrames.of("coinbase/skl-btc")) {
            JsonValue json = JsonValue.parse(message.getBytes(StandardCharsets.UTF_8));
            switch (json.at("type").text()) {
                case "ticker" ->
                    tickers.add(ClientValues.texts(
                            json, "price", "best_bid", "best_ask", "open_24h", "high_24h", "low_24h", "volume_24h"));
                case "match", "last_match" ->
                    trades.add(json.at("trade_id").integer() + " " + ClientValues.texts(json, "price", "size"));
                case "snapshot" -> {
                    levels.addAll(ClientValues.levels(json.at("bids")));
                    levels.addAll(ClientValues.levels(json.at("asks")));
                }
                case "l2update" -> {
                    for (JsonValue change : json.at("changes").items()) {
                        levels.add(ClientValues.level(change.at(1), change.at(2)));
                    }
                }
                default -> {}
            }
        }
        assertThat(tickers)
                .contains(ClientValues.texts(
                        result.at("ticker"), "last", "bid", "ask", "open", "high", "low", "baseVolume"));
        assertThat(trades).contains(ClientValues.texts(result.at("trades").at(0), "id", "price", "amount"));
        for (String side : List.of("bids", "asks")) {
            List<String> watched = ClientValues.levels(result.at("book").at(side));
            assertThat(watched).hasSize(10);
            assertThat(levels).containsAll(watched);
        }
    }

    private static String text(JsonValue value) {
        try {
            return value.text();
        } catch (MalformedPayload e) {
            return e.getMessage();
        }
    }

    private static void binance(JsonValue ccxt) throws MalformedPayload {
        JsonValue quote = own.json("/api/v1/data/binance/DOGEUSDT").at("data");
        assertThat(ClientValues.texts(
                        ccxt.at("ticker"), "last", "bid", "askVolume", "open", "high", "low", "baseVolume"))
                .isEqualTo(ClientValues.texts(quote, "price", "bid", "ask_size", "open", "high", "low", "volume"))
                .startsWith("0.27050000 0.27040000 106108.00000000");
        assertThat(ClientValues.rows(ccxt.at("candles")))
                .hasSize(365)
                .isEqualTo(ClientValues.ownRows(own.json(CANDLES)))
                .startsWith("1546300800000 0.03553400 0.03753200 0.03531500 0.03662900 168390.91000000");
        assertThat(new BigDecimal(ccxt.at("market").at("precision").at("price").text()))
                .isEqualByComparingTo("0.000001"); // as in the filters that Binance sent
        books("binance/BTCUSDT", ccxt.at("book"));
        assertThat(ccxt.at("book").at("nonce").integer()).isEqualTo(97109906740L);
        trades("binance/BTCUSDT", ccxt.at("trades"));
        assertThat(ClientValues.texts(ccxt.at("watched").at(0), "symbol")).isEqualTo("BTC/USDT");
    }

    private static void node(JsonValue node) throws MalformedPayload {
        assertThat(node.at("candles").items()).hasSize(365);
        assertThat(ClientValues.texts(node.at("candles").at(0), "open", "high", "low", "close", "volume"))
                .isEqualTo("0.03553400 0.03753200 0.03531500 0.03662900 168390.91000000");
        assertThat(ClientValues.texts(node.at("day"), "lastPrice", "bidPrice", "askQty"))
                .isEqualTo("0.27050000 0.27040000 106108.00000000");
        assertThat(ClientValues.texts(node.at("book").at("bids").at(0), "price", "quantity"))
                .isEqualTo("63566.00000000 2.33079000");
        assertThat(node.at("trades").items()).isNotEmpty();
    }

    private static void kraken(JsonValue ccxt) throws MalformedPayload {
        JsonValue quote = own.json("/api/v1/data/kraken/XXBTZUSD").at("data");
        assertThat(ClientValues.texts(ccxt.at("ticker"), "last", "bid", "ask", "high", "low"))
                .isEqualTo(ClientValues.texts(quote, "price", "bid", "ask", "high", "low"))
                .startsWith("64587.40000 64587.40000 64587.50000");
        books("kraken/BCHEUR", ccxt.at("book"));
    }

    private static void coinbase(JsonValue ccxt) throws MalformedPayload {
        assertThat(ClientValues.texts(ccxt.at("ticker"), "last", "bid", "ask", "baseVolume"))
                .isEqualTo("73367.8 73360.34 73369.19 1207.50668151");
        JsonValue book = own.json("/api/v1/book/coinbase/BTC-USD?depth=5").at("data");
        assertThat(ClientValues.levels(ccxt.at("book").at("bids")))
                .startsWith(ClientValues.levels(book.at("bids")).toArray(String[]::new));
        trades("coinbase/BTC-USDT", ccxt.at("trades"));
    }

    private static void books(String symbol, JsonValue theirs) throws MalformedPayload {
        JsonValue ours = own.json("/api/v1/book/" + symbol + "?depth=5").at("data");
        for (String side : List.of("bids", "asks")) {
            assertThat(ClientValues.levels(theirs.at(side)))
                    .as(symbol)
                    .hasSize(5)
                    .isEqualTo(ClientValues.levels(ours.at(side)));
        }
    }

    private static void trades(String symbol, JsonValue theirs) throws MalformedPayload {
        List<String> ours = new ArrayList<>();
        for (JsonValue trade : own.json("/api/v1/trades/" + symbol + "?limit=5")
                .at("data")
                .at("trades")
                .items()) {
            ours.add(ClientValues.texts(trade, "price", "size", "side"));
        }
        List<String> seen = new ArrayList<>();
        for (JsonValue trade : theirs.items()) {
            seen.add(ClientValues.texts(trade, "price", "amount", "side"));
        }
        assertThat(seen).as(symbol).isNotEmpty().isEqualTo(ours);
    }

    @Test
    void mcp_clients_get_the_digits_that_exchanges_sent() throws MalformedPayload {
        NpmPackages npm = NpmPackages.install(
                "@modelcontextprotocol/client@2.4.0", "@modelcontextprotocol/sdk@1.32.2", "gpt-tokenizer@4.0.0");
        String printed = npm.node("mcp-recorded.mjs", "http://127.0.0.1:" + gateway.port() + "/mcp");
        JsonValue seen = lastLine(new NpmPackages.Result(0, printed));
        for (String client : List.of("stateless", "sdk1")) {
            assertThat(seen.at(client).at("isError").bool()).as(printed).isFalse();
            assertThat(seen.at(client).at("quote").text())
                    .contains("0.27050000")
                    .doesNotContain("simulated");
            assertThat(seen.at(client).at("book").text())
                    .contains("63566.00000000")
                    .doesNotContain("simulated");
        }
    }

    @Test
    void calls_of_python_binance_and_freqtrade_are_answered() throws IOException {
        for (String asked : AskedFile.read("python-binance-and-freqtrade-recorded")) {
            String target = asked.substring("GET ".length())
                    .replace("\"", "%22")
                    .replace("[", "%5B")
                    .replace("]", "%5D");
            HttpResponse<String> response = own.get("/compat/binance" + target);
            assertThat(response.statusCode()).as(asked + ": " + response.body()).isEqualTo(200);
            assertThat(response.headers().firstValue("X-Mock").orElse("false"))
                    .as(asked)
                    .isEqualTo("false");
        }
    }

    @Test
    void ghostfolio_gets_the_digits_that_kraken_sent() throws MalformedPayload {
        JsonValue prices = own.json("/compat/coingecko/api/v3/simple/price?ids=bitcoin&vs_currencies=usd");
        assertThat(prices.at("bitcoin").at("usd").text()).isEqualTo("64587.40000");
    }

    @Test
    void promtool_accepts_the_metrics_of_live_providers(@TempDir Path folder) {
        own.body("/api/v1/data/binance/DOGEUSDT");
        Promtool.check("http://127.0.0.1:" + gateway.port(), folder);
    }

    @Test
    void libreoffice_reads_candles_that_binance_sent(@TempDir Path folder) throws IOException {
        String address = "http://127.0.0.1:" + gateway.port() + CANDLES + "&format=csv&time_format=excel";
        assertThat(LibreOffice.sheet(address, folder))
                .contains("office:value-type=\"date\"")
                .contains("office:date-value=\"2019-01-01")
                .contains("office:value=\"0.035534\"");
    }
}
