package io.marketbrain.provider.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.Freshness;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketData.OrderBook;
import io.marketbrain.model.MarketData.Quote;
import io.marketbrain.model.MarketData.Trade;
import io.marketbrain.model.MarketData.Trades;
import io.marketbrain.model.MarketQuery.BookQuery;
import io.marketbrain.model.Mode;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.Provenance;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.QueryResult;
import io.marketbrain.model.stream.StreamKind;
import io.marketbrain.provider.binance.BinanceFeed;
import io.marketbrain.provider.coinbase.CoinbaseFeed;
import io.marketbrain.provider.kraken.KrakenFeed;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Messages that providers sent: what a listener gets of them equals what a plain reading of the messages gives. */
class RecordedFeedsTest {
    private static final StreamKind.Book BOOK = new StreamKind.Book(10);
    private static final StreamKind.Trades TRADES = new StreamKind.Trades();

    private static JsonValue json(String text) throws MalformedPayload {
        return JsonValue.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<Trade> trades(FeedPlayer player, String key) {
        return player.data(key).stream()
                .flatMap(data -> ((Trades) data).trades().stream())
                .toList();
    }

    private static List<String> ids(List<Trade> trades) {
        return trades.stream().map(Trade::id).toList();
    }

    private static FeedPlayer kraken() {
        return new FeedPlayer(new KrakenFeed(10));
    }

    @Test
    void a_change_of_krakens_book_that_is_left_out_is_noticed_by_the_checksum() throws Exception {
        List<String> messages = RecordedFrames.of("kraken/live-btc-eth");
        FeedChannel channel = FeedPlayer.channel("BTC", "USD", "XBTUSD", BOOK);
        FeedPlayer whole = kraken();
        String key = whole.listen(channel);
        for (String message : messages) {
            whole.play(message);
        }
        int dropped = 0;
        for (int drop = 60; drop < 160; drop += 10) {
            if (!messages.get(drop).contains("\"type\":\"update\",\"data\":[{\"symbol\":\"BTC/USD\",\"bids\"")) {
                continue;
            }
            dropped++;
            FeedPlayer player = kraken();
            player.listen(channel);
            for (int i = 0; i < messages.size(); i++) {
                if (i != drop) {
                    player.play(messages.get(i));
                }
            }
            // The next change may replace what the missing one said; then the book is right without it.
            assertThat(player.resubscriptions() > 0 || player.newest(key).equals(whole.newest(key)))
                    .as("the change in message %d", drop)
                    .isTrue();
        }
        assertThat(dropped).isPositive();
    }

    @Test
    void krakens_quote_has_the_digits_as_sent() throws Exception {
        FeedPlayer player = kraken();
        String key = player.listen(FeedPlayer.channel("BTC", "USD", "XBTUSD", new StreamKind.Quotes()));
        for (String message : RecordedFrames.of("kraken/real-frames")) {
            player.play(message);
        }
        Quote quote = (Quote) player.newest(key);
        assertThat(quote.price()).isEqualTo("71770.4");
        assertThat(quote.bidSize()).isEqualTo("0.03155564");
        assertThat(quote.asOf()).isEqualTo("2026-03-15T11:25:19.200068Z");
    }

    /** Answers a request for a book with an empty one that the next change continues. */
    private static FeedRequests emptyBookBefore(long sequence) {
        return (query, whenDone) -> {
            var book = (BookQuery) query;
            MarketData data = new OrderBook(
                    new MarketData.Listing(book.instrument(), "", "", "UTC", "USDT"),
                    List.of(),
                    List.of(),
                    sequence,
                    null);
            whenDone.accept(Outcome.success(new QueryResult(
                    data,
                    new Provenance(
                            new ProviderId("played"),
                            Mode.LIVE,
                            null,
                            Instant.EPOCH,
                            Freshness.FRESH,
                            List.of(),
                            List.of()))));
        };
    }

    private static List<JsonValue> changes(List<String> messages, String symbol) throws MalformedPayload {
        List<JsonValue> changes = new ArrayList<>();
        for (String message : messages) {
            JsonValue json = json(message);
            if (json.find("stream").isPresent() && json.at("stream").text().equals(symbol + "@depth@100ms")) {
                changes.add(json.at("data"));
            }
        }
        return changes;
    }

    @Test
    void a_change_of_binances_book_that_is_left_out_is_announced_and_repeated_ones_are_not() throws Exception {
        List<String> messages = RecordedFrames.of("binance/live-btc-eth");
        long first = changes(messages, "btcusdt").getFirst().at("U").integer() - 1;
        FeedPlayer twice = new FeedPlayer(new BinanceFeed(), emptyBookBefore(first));
        FeedPlayer once = new FeedPlayer(new BinanceFeed(), emptyBookBefore(first));
        FeedPlayer without = new FeedPlayer(new BinanceFeed(), emptyBookBefore(first));
        FeedChannel channel = FeedPlayer.channel("BTC", "USDT", "BTCUSDT", BOOK);
        String key = twice.listen(channel);
        once.listen(channel);
        without.listen(channel);
        int seen = 0;
        for (String message : messages) {
            twice.play(message);
            twice.play(message);
            once.play(message);
            if (!message.contains("btcusdt@depth") || ++seen != 10) {
                without.play(message);
            }
        }
        assertThat(twice.newest(key)).isEqualTo(once.newest(key));
        assertThat(twice.gaps(key)).isZero();
        assertThat(without.newest(key))
                .as("the book before the change that is missing")
                .isNotEqualTo(once.newest(key));
        assertThat(without.data(key)).hasSize(9);
    }

    @Test
    void binances_trades_arrive_once_each_and_a_number_that_is_missing_is_a_gap() throws Exception {
        List<String> messages = RecordedFrames.of("binance/live-btc-eth");
        FeedChannel channel = FeedPlayer.channel("BTC", "USDT", "BTCUSDT", TRADES);
        FeedPlayer whole = new FeedPlayer(new BinanceFeed());
        FeedPlayer without = new FeedPlayer(new BinanceFeed());
        String key = whole.listen(channel);
        without.listen(channel);
        List<String> sent = new ArrayList<>();
        for (String message : messages) {
            whole.play(message);
            whole.play(message);
            if (message.contains("btcusdt@trade")) {
                sent.add(Long.toString(json(message).at("data").at("t").integer()));
                if (sent.size() == 5) {
                    continue;
                }
            }
            without.play(message);
        }
        assertThat(ids(trades(whole, key))).isEqualTo(sent);
        assertThat(whole.gaps(key)).isZero();
        assertThat(without.gaps(key)).isOne();
        assertThat(ids(trades(without, key))).doesNotContain(sent.get(4)).hasSize(sent.size() - 1);
    }

    private static String trade(long id, String time) {
        return "{\"stream\":\"btcusdt@trade\",\"data\":{\"e\":\"trade\",\"s\":\"BTCUSDT\",\"t\":" + id
                + ",\"p\":\"1.5\",\"q\":\"2\",\"T\":" + Instant.parse(time).toEpochMilli() + ",\"m\":true}}";
    }

    @Test
    void trades_that_are_numbered_anew_are_told_after_a_gap() throws Exception {
        FeedPlayer player = new FeedPlayer(new BinanceFeed());
        String key = player.listen(FeedPlayer.channel("BTC", "USDT", "BTCUSDT", TRADES));
        player.play(trade(1_000_000, "2026-07-07T23:00:00Z"));
        player.play(trade(1, "2026-07-07T23:00:01Z"));
        assertThat(ids(trades(player, key))).as("an old trade").containsExactly("1000000");
        player.play(trade(2, "2026-07-07T23:05:00Z"));
        player.play(trade(3, "2026-07-07T23:05:01Z"));
        assertThat(ids(trades(player, key))).containsExactly("1000000", "2", "3");
        assertThat(player.gaps(key)).isOne();
    }

    @Test
    void a_second_hole_while_missing_trades_are_requested_is_announced_as_well() throws Exception {
        List<Consumer<Outcome<QueryResult>>> asked = new ArrayList<>();
        FeedPlayer player = new FeedPlayer(new BinanceFeed(), (_, whenDone) -> asked.add(whenDone));
        String key = player.listen(FeedPlayer.channel("BTC", "USDT", "BTCUSDT", TRADES));
        player.play(trade(1, "2026-07-07T23:00:00Z"));
        player.play(trade(3, "2026-07-07T23:00:01Z"));
        player.play(trade(3, "2026-07-07T23:00:01Z"));
        player.play(trade(5, "2026-07-07T23:00:02Z"));
        List<Trade> two =
                List.of(new Trade("2", Instant.parse("2026-07-07T23:00:00Z"), BigDecimal.ONE, BigDecimal.ONE, null));
        MarketData answer = new Trades(
                new MarketData.Listing(Instrument.crypto("BTC", "USDT"), "BTCUSDT", "", "UTC", "USDT"), two, null);
        asked.getFirst()
                .accept(Outcome.success(new QueryResult(
                        answer,
                        new Provenance(
                                new ProviderId("played"),
                                Mode.LIVE,
                                null,
                                Instant.EPOCH,
                                Freshness.FRESH,
                                List.of(),
                                List.of()))));
        player.play(trade(6, "2026-07-07T23:00:03Z"));
        assertThat(ids(trades(player, key))).containsExactly("1", "2", "3", "5", "6");
        assertThat(player.gaps(key)).as("trade 4 is missing").isOne();
    }

    @Test
    void binances_bars_are_complete_when_the_provider_says_so() throws Exception {
        FeedPlayer player = new FeedPlayer(new BinanceFeed());
        String key = player.listen(FeedPlayer.channel("NKN", "USDT", "NKNUSDT", new StreamKind.Bars(Interval.M1)));
        for (String message : RecordedFrames.of("binance/nkn")) {
            player.play(message);
        }
        assertThat(bars(player, key)).isNotEmpty().noneMatch(Candle::complete);
        String open = RecordedFrames.of("binance/nkn").stream()
                .filter(message -> message.contains("@kline_1m"))
                .toList()
                .getLast();
        player.play(open.replace("\"x\":false", "\"x\":true"));
        assertThat(bars(player, key).getLast().complete()).isTrue();
    }

    private static List<Candle> bars(FeedPlayer player, String key) {
        return player.data(key).stream()
                .map(data -> ((Candles) data).candles().getFirst())
                .toList();
    }

    @Test
    void what_is_not_documented_ends_the_connection_and_says_nothing() {
        for (FeedAdapter adapter : List.of(new BinanceFeed(), new KrakenFeed(), new CoinbaseFeed())) {
            for (String message : List.of("", "{", "null", "[]", "\"\"", "{\"type\":7}", "{\"stream\":1,\"data\":2}")) {
                assertThatThrownBy(() -> {
                            for (FeedSignal signal : adapter.parse(message)) {
                                if (signal instanceof FeedSignal.Reconnect || signal instanceof FeedSignal.Alive) {
                                    throw new MalformedPayload("said nothing");
                                }
                            }
                        })
                        .as(message)
                        .isInstanceOf(MalformedPayload.class);
            }
        }
    }
}
