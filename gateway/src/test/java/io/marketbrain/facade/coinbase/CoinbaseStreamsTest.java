package io.marketbrain.facade.coinbase;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.acceptance.TestGateway;
import io.marketbrain.facade.ClientValues;
import io.marketbrain.facade.FacadeClient;
import io.marketbrain.facade.FacadeSocketClient;
import io.marketbrain.facade.RecordedUpstream;
import io.marketbrain.facade.RunningMarket;
import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.provider.feed.RecordedFrames;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Coinbase's feed as our data fills it: shapes and errors. */
@Timeout(120)
class CoinbaseStreamsTest {
    private static final String[] TRADE = {"side", "price", "size", "time"};
    private static final String[] TICKER = {
        "price", "open_24h", "high_24h", "low_24h", "volume_24h", "best_bid", "best_ask"
    };

    private static TestGateway gateway;

    @BeforeAll
    static void start(@TempDir Path folder) {
        gateway = RunningMarket.start(folder);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private static FacadeSocketClient open() {
        return new FacadeSocketClient(gateway.port(), "/compat/coinbase");
    }

    private static String type(String type) {
        return "{\"type\":\"" + type + "\"";
    }

    @Test
    void channels_have_their_snapshots_and_their_changes() throws MalformedPayload {
        try (FacadeSocketClient client = open()) {
            client.say("{\"type\":\"subscribe\",\"product_ids\":[\"BTC-USD\"],\"channels\":[\"ticker\",\"matches\","
                    + "{\"name\":\"level2_batch\",\"product_ids\":[\"ETH-EUR\"]}]}");
            assertThat(client.next())
                    .isEqualTo("{\"type\":\"subscriptions\",\"channels\":["
                            + "{\"name\":\"ticker\",\"product_ids\":[\"BTC-USD\"],\"account_ids\":null},"
                            + "{\"name\":\"matches\",\"product_ids\":[\"BTC-USD\"],\"account_ids\":null},"
                            + "{\"name\":\"level2_batch\",\"product_ids\":[\"BTC-USD\",\"ETH-EUR\"],"
                            + "\"account_ids\":null}]}");
            JsonValue last = client.next(text -> text.startsWith(type("last_match")));
            JsonValue match = client.next(text -> text.startsWith(type("match")));
            assertThat(match.at("trade_id").integer())
                    .isGreaterThan(last.at("trade_id").integer());
            assertThat(match.at("side").text()).isIn("buy", "sell");
            JsonValue change = client.next(
                    text -> text.startsWith(type("l2update")) && text.contains("\"product_id\":\"ETH-EUR\""));
            assertThat(change.at("changes").at(0).at(0).text()).isIn("buy", "sell");
            assertThat(change.at("changes").at(0).items()).hasSize(3);
            JsonValue ticker = client.next(text -> text.startsWith(type("ticker")));
            for (String name : List.of("price", "open_24h", "best_bid", "best_ask_size", "volume_24h")) {
                assertThat(ticker.at(name).decimal()).as(name).isPositive();
            }
            assertThat(ticker.at("volume_30d").isNull()).isTrue();
        }
    }

    @Test
    void heartbeats_tell_the_last_trade() throws MalformedPayload {
        try (FacadeSocketClient client = open()) {
            client.say(
                    "{\"type\":\"subscribe\",\"channels\":[{\"name\":\"heartbeat\",\"product_ids\":[\"BTC-USD\"]}]}");
            client.next();
            JsonValue beat = client.next(text -> text.startsWith(type("heartbeat")));
            assertThat(beat.at("product_id").text()).isEqualTo("BTC-USD");
            assertThat(beat.at("last_trade_id").integer()).isPositive();
        }
    }

    @Test
    void a_channel_can_be_ended_for_one_product_or_as_a_whole() {
        try (FacadeSocketClient client = open()) {
            client.say(
                    "{\"type\":\"subscribe\",\"product_ids\":[\"BTC-USD\",\"ETH-USD\"],\"channels\":[\"heartbeat\"]}");
            client.next();
            client.say("{\"type\":\"unsubscribe\",\"product_ids\":[\"BTC-USD\"],\"channels\":[\"heartbeat\"]}");
            assertThat(subscriptions(client)).contains("ETH-USD").doesNotContain("BTC-USD");
            client.say("{\"type\":\"unsubscribe\",\"channels\":[\"heartbeat\"]}");
            assertThat(subscriptions(client)).isEqualTo("{\"type\":\"subscriptions\",\"channels\":[]}");
        }
    }

    private static String subscriptions(FacadeSocketClient client) {
        String message = client.next();
        while (!message.startsWith(type("subscriptions"))) {
            message = client.next();
        }
        return message;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nothing | Malformed JSON | ",
                "{\"type\":\"dance\"} | Type has to be either subscribe or unsubscribe | ",
                "{\"type\":\"subscribe\",\"product_ids\":[\"NOTHING\"],\"channels\":[\"ticker\"]} | Failed to"
                        + " subscribe | NOTHING is not a valid product",
                "{\"type\":\"subscribe\",\"product_ids\":[\"BTC-USD\"],\"channels\":[\"dance\"]} | Failed to subscribe"
                        + " | dance is not a valid channel",
                "{\"type\":\"subscribe\",\"channels\":[\"ticker\"]} | Failed to subscribe | no products for the channel"
                        + " ticker",
                "{\"type\":\"subscribe\",\"product_ids\":[\"BTC-USD\"],\"channels\":[\"user\"]} | Authentication"
                        + " Failed | this gateway serves market data only, no accounts and no orders",
            })
    void errors_are_coinbases(String message, String error, String reason) throws MalformedPayload {
        try (FacadeSocketClient client = open()) {
            JsonValue answer = client.say(message).next(_ -> true);
            assertThat(answer.at("type").text()).isEqualTo("error");
            assertThat(answer.at("message").text()).isEqualTo(error);
            assertThat(answer.find("reason").isPresent()).isEqualTo(reason != null);
            if (reason != null) {
                assertThat(answer.at("reason").text()).isEqualTo(reason);
            }
        }
    }

    @Test
    void a_message_with_an_unknown_product_subscribes_to_nothing() {
        try (FacadeSocketClient client = open()) {
            client.say("{\"type\":\"subscribe\",\"product_ids\":[\"BTC-USD\",\"NOTHING\"],\"channels\":[\"ticker\"]}");
            assertThat(client.next()).contains("NOTHING is not a valid product");
            client.say("{\"type\":\"subscribe\",\"product_ids\":[\"ETH-USD\"],\"channels\":[\"ticker\"]}");
            assertThat(client.next()).contains("ETH-USD").doesNotContain("BTC-USD");
        }
    }

    @Test
    void what_coinbase_sent_is_sent_on_with_its_digits(@TempDir Path folder) throws MalformedPayload {
        List<String> trades = new ArrayList<>();
        List<String> tickers = new ArrayList<>();
        var book = new Book();
        for (String message : RecordedFrames.of("coinbase/skl-btc")) {
            JsonValue json = JsonValue.parse(message.getBytes(StandardCharsets.UTF_8));
            switch (json.at("type").text()) {
                case "match", "last_match" ->
                    trades.add(json.at("trade_id").integer() + ClientValues.texts(json, TRADE));
                case "ticker" -> tickers.add(ClientValues.texts(json, TICKER));
                case "snapshot", "l2update" -> book.apply(json);
                default -> {}
            }
        }
        try (var upstream = new RecordedUpstream();
                var live = upstream.gateway(folder);
                var client = new FacadeSocketClient(live.port(), "/compat/coinbase")) {
            client.say("{\"type\":\"subscribe\",\"product_ids\":[\"SKL-BTC\"],\"channels\":[\"ticker\",\"matches\","
                    + "\"level2_batch\"]}");
            JsonValue trade =
                    client.next(text -> text.startsWith(type("match")) || text.startsWith(type("last_match")));
            assertThat(trades).contains(trade.at("trade_id").integer() + ClientValues.texts(trade, TRADE));
        }
        try (var upstream = new RecordedUpstream();
                var live = upstream.gateway(folder.resolve("again"));
                var client = new FacadeSocketClient(live.port(), "/compat/coinbase")) {
            client.say(
                    "{\"type\":\"subscribe\",\"product_ids\":[\"SKL-BTC\"],\"channels\":[\"ticker\",\"level2_batch\"]}");
            JsonValue ticker = client.next(text -> text.startsWith(type("ticker")));
            assertThat(tickers).contains(ClientValues.texts(ticker, TICKER));
            var seen = new Book();
            while (!seen.best(10).equals(book.best(10))) {
                seen.apply(client.next(text -> text.startsWith(type("snapshot")) || text.startsWith(type("l2update"))));
            }
        }
    }

    /** A book as a client keeps it. */
    private static final class Book {
        private final NavigableMap<BigDecimal, BigDecimal> bids = new TreeMap<>(Comparator.reverseOrder());
        private final NavigableMap<BigDecimal, BigDecimal> asks = new TreeMap<>();

        void apply(JsonValue message) throws MalformedPayload {
            if (message.at("type").text().equals("snapshot")) {
                for (JsonValue row : message.at("bids").items()) {
                    put(bids, row.at(0), row.at(1));
                }
                for (JsonValue row : message.at("asks").items()) {
                    put(asks, row.at(0), row.at(1));
                }
                return;
            }
            for (JsonValue row : message.at("changes").items()) {
                put(row.at(0).text().equals("buy") ? bids : asks, row.at(1), row.at(2));
            }
        }

        private static void put(NavigableMap<BigDecimal, BigDecimal> side, JsonValue price, JsonValue size)
                throws MalformedPayload {
            if (size.decimal().signum() == 0) {
                side.remove(price.decimal());
            } else {
                side.put(price.decimal(), size.decimal());
            }
        }

        List<String> best(int levels) {
            return Stream.of(bids, asks)
                    .flatMap(side -> side.entrySet().stream().limit(levels))
                    .map(Object::toString)
                    .toList();
        }
    }

    @Test
    void a_plain_request_for_the_feed_is_refused() {
        try (var client = new FacadeClient(gateway.port(), "/compat/coinbase")) {
            assertThat(client.get("/").statusCode()).isEqualTo(400);
        }
    }
}
