package io.marketbrain.provider.binancefutures;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.json.JsonValue;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketData.OrderBook;
import io.marketbrain.model.MarketData.Quote;
import io.marketbrain.model.MarketData.Trades;
import io.marketbrain.model.stream.StreamKind;
import io.marketbrain.provider.feed.FeedAdapter;
import io.marketbrain.provider.feed.FeedChannel;
import io.marketbrain.provider.feed.FeedJson;
import io.marketbrain.provider.feed.FeedPlayer;
import io.marketbrain.provider.feed.RecordedFrames;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Messages that Binance's markets of contracts sent. */
class BinanceFuturesFeedTest {
    private static final StreamKind.Book BOOK = new StreamKind.Book(10);
    private static final StreamKind.Trades TRADES = new StreamKind.Trades();
    private static final StreamKind.Quotes QUOTES = new StreamKind.Quotes();
    private static final StreamKind.Bars BARS = new StreamKind.Bars(Interval.M1);
    private static final LocalDate JUNE = LocalDate.of(2022, 6, 24);

    private final FeedAdapter books = BinanceFuturesFeed.all().get(0);
    private final FeedAdapter market = BinanceFuturesFeed.all().get(1);
    private final FeedAdapter coin = BinanceFuturesFeed.all().get(2);
    private final List<String> recorded = RecordedFrames.of("binancefutures/ctk-usdt");

    private static FeedChannel ctk(StreamKind kind) {
        return FeedPlayer.contract("CTK", "USDT", "USDT", null, "CTKUSDT", kind);
    }

    private static List<JsonValue> events(List<String> messages, String event) throws Exception {
        List<JsonValue> events = new ArrayList<>();
        for (String message : messages) {
            JsonValue data = FeedJson.parse(message).at("data");
            if (data.at("e").text().equals(event)) {
                events.add(data);
            }
        }
        return events;
    }

    private FeedPlayer bookPlayer() throws Exception {
        JsonValue first = events(recorded, "depthUpdate").getFirst();
        return new FeedPlayer(books, FeedPlayer.emptyBook(first.at("pu").integer()));
    }

    @Test
    void a_change_of_a_book_that_is_left_out_is_noticed_and_repeated_or_old_ones_change_nothing() throws Exception {
        List<String> changes =
                recorded.stream().filter(text -> text.contains("@depth")).toList();
        FeedPlayer once = bookPlayer();
        FeedPlayer repeated = bookPlayer();
        FeedPlayer without = bookPlayer();
        String key = once.listen(ctk(BOOK));
        repeated.listen(ctk(BOOK));
        without.listen(ctk(BOOK));
        for (int i = 0; i < changes.size(); i++) {
            once.play(changes.get(i));
            repeated.play(changes.get(i));
            repeated.play(changes.get(Math.max(0, i - 1)));
            repeated.play(changes.get(i));
            if (i != 9) {
                without.play(changes.get(i));
            }
        }
        assertThat(repeated.newest(key)).isEqualTo(once.newest(key));
        assertThat(repeated.gaps(key)).isZero();
        assertThat(without.data(key))
                .as("nothing is said of a book that lacks a change")
                .hasSize(9);
    }

    @Test
    void the_first_change_after_a_request_must_contain_or_continue_its_number() throws Exception {
        List<JsonValue> changes = events(recorded, "depthUpdate");
        long last = changes.get(0).at("u").integer();
        for (long number : new long[] {last - 1, last, changes.get(1).at("U").integer()}) {
            var player = new FeedPlayer(books, FeedPlayer.emptyBook(number));
            String key = player.listen(ctk(BOOK));
            for (String message : recorded) {
                player.play(message);
            }
            assertThat(player.data(key)).as("number " + number).isNotEmpty();
            assertThat(player.gaps(key)).isZero();
        }
        var player = new FeedPlayer(
                books, FeedPlayer.emptyBook(changes.get(0).at("pu").integer() - 1));
        String key = player.listen(ctk(BOOK));
        for (String message : recorded) {
            player.play(message);
        }
        assertThat(player.data(key))
                .as("a book that is older than the first change")
                .isEmpty();
    }

    @Test
    void recorded_trades_arrive_once_each_and_a_row_that_is_missing_is_noticed() throws Exception {
        var player = new FeedPlayer(market);
        var without = new FeedPlayer(market);
        String key = player.listen(ctk(TRADES));
        without.listen(ctk(TRADES));
        List<String> sent = new ArrayList<>();
        for (String message : recorded) {
            player.play(message);
            player.play(message);
            if (message.contains("@aggTrade")) {
                sent.add(
                        Long.toString(FeedJson.parse(message).at("data").at("l").integer()));
                if (sent.size() == 3) {
                    continue;
                }
            }
            without.play(message);
        }
        assertThat(player.tradeIds(key)).hasSizeGreaterThan(5).isEqualTo(sent);
        assertThat(player.gaps(key)).isZero();
        assertThat(without.gaps(key)).isOne();
        assertThat(without.tradeIds(key)).hasSize(sent.size() - 1);
    }

    @Test
    void bars_are_complete_when_the_provider_says_so() throws Exception {
        var player = new FeedPlayer(market);
        String key = player.listen(ctk(BARS));
        for (String message : recorded) {
            player.play(message);
        }
        List<JsonValue> sent = events(recorded, "kline");
        assertThat(player.data(key)).hasSameSizeAs(sent);
        Candle last = ((Candles) player.newest(key)).candles().getFirst();
        assertThat(last.complete()).isEqualTo(sent.getLast().at("k").at("x").bool());
        assertThat(last.volume()).isEqualTo(sent.getLast().at("k").at("v").text());
    }

    @Test
    void volumes_of_contracts_that_are_settled_in_the_base_are_in_the_base() throws Exception {
        var player = new FeedPlayer(coin, FeedPlayer.emptyBook(127_531_213_513L));
        String quote = player.listen(FeedPlayer.contract("BNB", "USD", "BNB", JUNE, "BNBUSD_220624", QUOTES));
        String bars = player.listen(FeedPlayer.contract("BTC", "USD", "BTC", JUNE, "BTCUSD_220624", BARS));
        String trades = player.listen(FeedPlayer.contract("BTC", "USD", "BTC", null, "BTCUSD_PERP", TRADES));
        String book = player.listen(
                FeedPlayer.contract("BTC", "USD", "BTC", LocalDate.of(2021, 6, 25), "BTCUSD_210625", BOOK));
        for (String message : RecordedFrames.of("binancefutures/messages")) {
            player.play(message);
        }
        Quote of = (Quote) player.newest(quote);
        assertThat(of.volume()).isEqualTo("21868.80776371");
        assertThat(of.quoteVolume()).isNull();
        assertThat(of.price()).isEqualTo("296.672");
        Candle bar = ((Candles) player.newest(bars)).candles().getFirst();
        assertThat(bar.volume()).isEqualTo("0.65623556");
        assertThat(((Trades) player.newest(trades)).trades().getFirst().size()).isEqualTo("58");
        assertThat(((OrderBook) player.newest(book)).bids().getFirst().size()).isEqualTo("896");
    }

    @Test
    void every_channel_has_one_address() {
        List<StreamKind> kinds = List.of(BOOK, TRADES, QUOTES, BARS);
        for (StreamKind kind : kinds) {
            FeedChannel perpetual = FeedPlayer.contract("BTC", "USD", "BTC", null, "BTCUSD_PERP", kind);
            assertThat(BinanceFuturesFeed.all())
                    .filteredOn(feed -> feed.carries(ctk(kind)))
                    .hasSize(1);
            assertThat(coin.carries(perpetual)).isTrue();
            assertThat(books.carries(ctk(kind))).isEqualTo(kind.equals(BOOK));
        }
        assertThat(market.subscribe(List.of(ctk(TRADES), ctk(BARS))))
                .containsExactly(
                        "{\"method\":\"SUBSCRIBE\",\"params\":[\"ctkusdt@aggTrade\",\"ctkusdt@kline_1m\"],\"id\":1}");
    }
}
