package io.marketbrain.provider.deribit;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketData.OrderBook;
import io.marketbrain.model.MarketData.Quote;
import io.marketbrain.model.stream.StreamKind;
import io.marketbrain.provider.feed.FeedChannel;
import io.marketbrain.provider.feed.FeedPlayer;
import io.marketbrain.provider.feed.FeedSignal;
import io.marketbrain.provider.feed.RecordedFrames;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Messages that Deribit sent. */
class DeribitFeedTest {
    private static final StreamKind.Book BOOK = new StreamKind.Book(10);

    private final DeribitFeed feed = new DeribitFeed();
    private final FeedPlayer player = new FeedPlayer(feed);
    /** Recorded with authentication, which the channels with all changes need. */
    private final List<String> recorded = RecordedFrames.of("deribit/btc-24sep21-8000-p").stream()
            .map(message -> message.replace(".raw\"", ".100ms\""))
            .toList();

    private static FeedChannel option(StreamKind kind) {
        return FeedPlayer.contract("BTC", "USD", "BTC", null, "BTC-24SEP21-8000-P", kind);
    }

    private static FeedChannel perpetual(StreamKind kind) {
        return FeedPlayer.contract("BTC", "USD", "BTC", null, "BTC-PERPETUAL", kind);
    }

    @Test
    void a_change_that_is_left_out_starts_the_book_anew_and_a_repeated_one_changes_nothing() throws Exception {
        String key = player.listen(option(BOOK));
        List<String> books = recorded.stream()
                .filter(text -> text.contains("\"channel\":\"book."))
                .toList();
        for (String message : books.subList(0, 6)) {
            player.play(message);
            player.play(message);
        }
        assertThat(player.resubscriptions()).isZero();
        int told = player.data(key).size();
        player.play(books.get(7));
        assertThat(player.resubscriptions()).isOne();
        assertThat(player.data(key)).hasSize(told);
        player.play(books.getFirst());
        assertThat(player.gaps(key)).isOne();
    }

    @Test
    void quotes_books_and_bars_are_read() throws Exception {
        String quotes = player.listen(perpetual(new StreamKind.Quotes()));
        String bars = player.listen(perpetual(new StreamKind.Bars(Interval.M1)));
        String book = player.listen(perpetual(BOOK));
        List<String> messages = RecordedFrames.of("deribit/messages").stream()
                .filter(message -> !message.contains("\"error\""))
                .sorted((a, b) -> Boolean.compare(a.contains("\"change\""), b.contains("\"change\"")))
                .toList();
        for (String message : messages) {
            player.play(message);
        }
        Quote quote = (Quote) player.newest(quotes);
        assertThat(quote.price()).isEqualTo("92283.5");
        assertThat(quote.bidSize()).isEqualTo("117660.0");
        assertThat(quote.volume()).isEqualTo("11897.27640428");
        assertThat(quote.quoteVolume()).isEqualTo("1092371540.0");
        Candle bar = ((Candles) player.newest(bars)).candles().getFirst();
        assertThat(bar.volume()).isEqualTo("0.95978896");
        assertThat(bar.complete()).isFalse();
        OrderBook newest = (OrderBook) player.newest(book);
        assertThat(newest.sequence()).isEqualTo(123_456_790L);
        assertThat(newest.asks().getFirst().price()).isEqualTo("42501.5");
    }

    private static String trade(long number) {
        return "{\"jsonrpc\":\"2.0\",\"method\":\"subscription\",\"params\":{\"channel\":\"trades.BTC-PERPETUAL.100ms\","
                + "\"data\":[{\"timestamp\":1765531356452,\"price\":92294.5,\"amount\":10.0,\"direction\":\"sell\","
                + "\"instrument_name\":\"BTC-PERPETUAL\",\"trade_seq\":" + number + ",\"trade_id\":\"ETH-" + number
                + "7\"}]}}";
    }

    @Test
    void trades_arrive_once_each_and_a_number_that_is_missing_is_a_gap() throws Exception {
        String key = player.listen(perpetual(new StreamKind.Trades()));
        String recordedTrades = RecordedFrames.of("deribit/messages").stream()
                .filter(message -> message.contains("\"trade_seq\""))
                .toList()
                .getFirst();
        player.play(recordedTrades);
        player.play(recordedTrades);
        player.play(trade(271_252_856));
        assertThat(player.tradeIds(key)).containsExactly("403691824", "403691825", "ETH-2712528567");
        assertThat(player.gaps(key)).isZero();
        player.play(trade(271_252_858));
        assertThat(player.gaps(key)).isOne();
        assertThat(player.tradeIds(key)).endsWith("ETH-2712528587").hasSize(4);
    }

    @Test
    void an_answer_tells_which_channels_exist() throws Exception {
        List<String> messages =
                feed.subscribe(List.of(perpetual(new StreamKind.Trades()), option(new StreamKind.Quotes())));
        String id = "trades.BTC-PERPETUAL.100ms ticker.BTC-24SEP21-8000-P.100ms";
        assertThat(messages)
                .containsExactly(
                        "{\"jsonrpc\":\"2.0\",\"id\":\"" + id + "\",\"method\":\"public/subscribe\",\"params\":"
                                + "{\"channels\":[\"trades.BTC-PERPETUAL.100ms\",\"ticker.BTC-24SEP21-8000-P.100ms\"]}}");
        assertThat(feed.parse(
                        "{\"jsonrpc\":\"2.0\",\"id\":\"" + id + "\",\"result\":[\"trades.BTC-PERPETUAL.100ms\"]}"))
                .containsExactly(
                        new FeedSignal.Accepted("trades.BTC-PERPETUAL.100ms"),
                        new FeedSignal.Refused(
                                "ticker.BTC-24SEP21-8000-P.100ms",
                                "the provider has no channel ticker.BTC-24SEP21-8000-P.100ms",
                                true));
        assertThat(feed.parse(
                        "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":10028,\"message\":\"too_many_requests\"}}"))
                .containsExactly(new FeedSignal.Reconnect("the provider rejected a message: too_many_requests"));
        assertThat(feed.parse("{\"jsonrpc\":\"2.0\",\"id\":0,\"result\":{\"version\":\"1.2.26\"}}"))
                .containsExactly(new FeedSignal.Alive());
    }
}
