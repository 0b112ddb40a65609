package io.marketbrain.facade.kraken;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.acceptance.TestGateway;
import io.marketbrain.facade.BookChanges;
import io.marketbrain.facade.FacadeSocketClient;
import io.marketbrain.facade.RunningMarket;
import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.MarketData.Level;
import io.marketbrain.provider.feed.FeedSignal;
import io.marketbrain.provider.feed.RecordedFrames;
import io.marketbrain.provider.kraken.KrakenFeed;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Kraken's streams, version 2, as our data fills them: shapes, errors, checksums. */
@Timeout(120)
class KrakenStreamsTest {
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
        return new FacadeSocketClient(gateway.port(), "/compat/kraken/v2");
    }

    private static String subscribe(String parameters) {
        return "{\"method\":\"subscribe\",\"params\":{" + parameters + "},\"req_id\":7}";
    }

    @Test
    void begins_with_a_status_and_answers_pings() throws MalformedPayload {
        try (FacadeSocketClient client = open()) {
            assertThat(client.next())
                    .isEqualTo("{\"channel\":\"status\",\"type\":\"update\",\"data\":[{\"version\":\"2.0.10\","
                            + "\"system\":\"online\",\"api_version\":\"v2\",\"connection_id\":1}]}");
            JsonValue pong = client.say("{\"method\":\"ping\",\"req_id\":101}").next(_ -> true);
            assertThat(pong.at("method").text()).isEqualTo("pong");
            assertThat(pong.at("req_id").integer()).isEqualTo(101);
            assertThat(pong.at("time_in").text()).matches("2024-02-21T09:.*\\.\\d{6}Z");
        }
    }

    @Test
    void each_channel_begins_with_an_answer_and_a_snapshot() throws MalformedPayload {
        try (FacadeSocketClient client = open()) {
            client.next();
            client.say(subscribe("\"channel\":\"ticker\",\"symbol\":[\"BTC/USD\",\"ETH/EUR\"]"));
            for (String pair : List.of("BTC/USD", "ETH/EUR")) {
                JsonValue answer = client.next(_ -> true);
                assertThat(answer.at("success").bool()).isTrue();
                assertThat(answer.at("req_id").integer()).isEqualTo(7);
                assertThat(answer.at("result").at("symbol").text()).isEqualTo(pair);
                assertThat(answer.at("result").at("event_trigger").text()).isEqualTo("trades");
            }
            JsonValue ticker =
                    client.next(text -> text.contains("\"ticker\"")).at("data").at(0);
            assertThat(ticker.at("last").decimal()).isPositive();
            assertThat(ticker.at("vwap").isNull())
                    .as("the turnover of mock data is not known")
                    .isTrue();
            client.say(subscribe("\"channel\":\"ohlc\",\"interval\":5,\"symbol\":[\"BTC/USD\"]"));
            JsonValue bar = client.next(text -> text.startsWith("{\"channel\":\"ohlc\",\"type\":\"snapshot\""))
                    .at("data")
                    .at(0);
            assertThat(bar.at("interval").integer()).isEqualTo(5);
            assertThat(bar.at("interval_begin").text()).endsWith(":00.000000000Z");
            client.say(subscribe("\"channel\":\"trade\",\"snapshot\":true,\"symbol\":[\"BTC/USD\"]"));
            JsonValue before = client.next(text -> text.startsWith("{\"channel\":\"trade\",\"type\":\"snapshot\""))
                    .at("data");
            JsonValue after = client.next(text -> text.startsWith("{\"channel\":\"trade\",\"type\":\"update\""))
                    .at("data");
            assertThat(after.at(0).at("trade_id").integer())
                    .isGreaterThan(before.items().getLast().at("trade_id").integer());
            client.say(subscribe("\"channel\":\"instrument\""));
            JsonValue instruments = client.next(text -> text.startsWith("{\"channel\":\"instrument\""))
                    .at("data");
            assertThat(instruments.at("pairs").items()).isNotEmpty();
            assertThat(instruments.at("pairs").at(0).at("price_increment").decimal())
                    .isPositive();
        }
    }

    @Test
    void what_is_unsubscribed_from_is_sent_no_more_and_silence_has_heartbeats() throws MalformedPayload {
        try (FacadeSocketClient client = open()) {
            client.next();
            client.say(subscribe("\"channel\":\"instrument\",\"snapshot\":false"));
            client.say(subscribe("\"channel\":\"ticker\",\"symbol\":[\"BTC/USD\"]"));
            client.next(text -> text.startsWith("{\"channel\":\"ticker\",\"type\":\"update\""));
            String parameters = "\"params\":{\"channel\":\"ticker\",\"symbol\":[\"BTC/USD\"]}}";
            client.say("{\"method\":\"unsubscribe\"," + parameters);
            assertThat(client.next(text -> text.contains("\"unsubscribe\""))
                            .at("success")
                            .bool())
                    .isTrue();
            assertThat(client.next()).isEqualTo("{\"channel\":\"heartbeat\"}");
            client.say("{\"method\":\"unsubscribe\"," + parameters);
            assertThat(client.next(text -> text.contains("\"unsubscribe\""))
                            .at("error")
                            .text())
                    .isEqualTo("Subscription Not Found");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nothing | Malformed request",
                "{\"req_id\":1} | Malformed request",
                "{\"method\":\"dance\"} | Unsupported method: dance",
                "{\"method\":\"add_order\",\"params\":{}} | EGeneral:Permission denied: this gateway serves market data"
                        + " only",
                "{\"method\":\"subscribe\",\"params\":{\"channel\":\"balances\"}} | EGeneral:Permission denied: this"
                        + " gateway serves market data only",
                "{\"method\":\"subscribe\",\"params\":{\"channel\":\"x\",\"symbol\":[]}} | Subscription name invalid",
                "{\"method\":\"subscribe\",\"params\":{\"channel\":\"book\",\"depth\":7,\"symbol\":[\"BTC/USD\"]}} |"
                        + " Subscription depth not supported",
                "{\"method\":\"subscribe\",\"params\":{\"channel\":\"ohlc\",\"interval\":7,\"symbol\":[\"BTC/USD\"]}} |"
                        + " Subscription ohlc interval not supported",
                "{\"method\":\"subscribe\",\"params\":{\"channel\":\"ticker\",\"symbol\":[\"XBT/USD\"]}} | Currency"
                        + " pair not supported XBT/USD",
                "{\"method\":\"subscribe\",\"params\":{\"channel\":\"ticker\",\"symbol\":[\"NOTHING\"]}} | Currency"
                        + " pair not supported NOTHING",
            })
    void errors_are_krakens(String message, String error) throws MalformedPayload {
        try (FacadeSocketClient client = open()) {
            client.next();
            JsonValue answer = client.say(message).next(_ -> true);
            assertThat(answer.at("error").text()).isEqualTo(error);
            assertThat(answer.at("success").bool()).isFalse();
        }
    }

    @Test
    void a_pair_is_subscribed_to_once() throws MalformedPayload {
        try (FacadeSocketClient client = open()) {
            client.next();
            client.say(subscribe("\"channel\":\"book\",\"symbol\":[\"BTC/USD\"]"));
            client.say(subscribe("\"channel\":\"book\",\"depth\":25,\"symbol\":[\"BTC/USD\"]"));
            JsonValue refused = client.next(text -> text.contains("\"error\""));
            assertThat(refused.at("error").text()).isEqualTo("Already subscribed");
            assertThat(refused.at("symbol").text()).isEqualTo("BTC/USD");
        }
    }

    /** A client's book: the checksum is computed as our feed of Kraken does, by other code than what is tested. */
    private static final class Book {
        private final KrakenFeed feed = new KrakenFeed(10);
        private final NavigableMap<BigDecimal, Level> bids = new TreeMap<>(Comparator.reverseOrder());
        private final NavigableMap<BigDecimal, Level> asks = new TreeMap<>();

        /** Applies a message; returns its checksum. */
        long apply(String message) throws MalformedPayload {
            FeedSignal signal = feed.parse(message).getFirst();
            return switch (signal) {
                case FeedSignal.BookSnapshot whole -> {
                    bids.clear();
                    asks.clear();
                    put(bids, whole.bids());
                    put(asks, whole.asks());
                    yield whole.checksum();
                }
                case FeedSignal.BookChange change -> {
                    put(bids, change.bids());
                    put(asks, change.asks());
                    yield change.checksum();
                }
                default -> throw new AssertionError(message);
            };
        }

        private static void put(NavigableMap<BigDecimal, Level> side, List<Level> levels) {
            for (Level level : levels) {
                if (level.size().signum() == 0) {
                    side.remove(level.price());
                } else {
                    side.put(level.price(), level);
                }
            }
            while (side.size() > 10) {
                side.pollLastEntry();
            }
        }

        long checksum() {
            return feed.checksum(List.copyOf(bids.values()), List.copyOf(asks.values()))
                    .orElseThrow();
        }

        /** The book as an event of ours. */
        JsonValue event() throws MalformedPayload {
            return JsonValue.parse(
                    ("{\"bids\":" + rows(bids) + ",\"asks\":" + rows(asks) + "}").getBytes(StandardCharsets.UTF_8));
        }

        private static String rows(NavigableMap<BigDecimal, Level> side) {
            return side.values().stream()
                    .map(level -> "[\"" + level.price().toPlainString() + "\",\""
                            + level.size().toPlainString() + "\"]")
                    .toList()
                    .toString();
        }
    }

    @Test
    void checksums_are_those_of_the_book_that_a_client_keeps() throws MalformedPayload {
        try (FacadeSocketClient client = open()) {
            client.next();
            client.say(subscribe("\"channel\":\"book\",\"symbol\":[\"BTC/USD\"]"));
            client.next();
            var book = new Book();
            for (int i = 0; i < 20; i++) {
                String message = client.next();
                if (message.contains("\"book\"")) {
                    assertThat(message).contains(i == 0 ? "\"snapshot\"" : "\"update\"");
                    assertThat(book.apply(message)).isEqualTo(book.checksum());
                }
            }
            assertThat(book.bids).hasSize(10);
            assertThat(book.asks).hasSize(10);
        }
    }

    @Test
    void checksums_of_recorded_books_are_those_that_kraken_sent() throws MalformedPayload {
        var book = new Book();
        var changes = new BookChanges();
        List<Long> krakens = new ArrayList<>();
        List<Long> ours = new ArrayList<>();
        for (String message : RecordedFrames.of("kraken/live-btc-eth")) {
            if (message.startsWith("{\"channel\":\"book\"") && message.contains("BTC/USD")) {
                krakens.add(book.apply(message));
                changes.take(book.event());
                ours.add(KrakenChecksum.of(changes.book()));
            }
        }
        assertThat(ours).hasSizeGreaterThan(20).isEqualTo(krakens);
    }
}
