package io.marketbrain.provider.bitstamp;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.json.JsonValue;
import io.marketbrain.model.MarketData.Side;
import io.marketbrain.model.MarketData.Trade;
import io.marketbrain.model.stream.StreamKind;
import io.marketbrain.provider.feed.ComparedBook;
import io.marketbrain.provider.feed.FeedChannel;
import io.marketbrain.provider.feed.FeedJson;
import io.marketbrain.provider.feed.FeedPlayer;
import io.marketbrain.provider.feed.FeedSignal;
import io.marketbrain.provider.feed.RecordedFrames;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BitstampFeedTest {
    private final BitstampFeed feed = new BitstampFeed();
    private final FeedPlayer player = new FeedPlayer(feed);

    private static FeedChannel channel(String base, String quote, StreamKind kind) {
        return FeedPlayer.channel(base, quote, (base + quote).toLowerCase(java.util.Locale.ROOT), kind);
    }

    @Test
    void books_equal_each_message_and_one_that_was_overtaken_changes_nothing() throws Exception {
        String key = player.listen(channel("BAT", "BTC", new StreamKind.Book(20)));
        var rebuilt = new ComparedBook(player, key, 20);
        String before = "";
        for (String message : RecordedFrames.of("bitstamp/batbtc-books")) {
            player.play(message);
            JsonValue json = FeedJson.parse(message);
            if ("data".equals(json.at("event").text())) {
                rebuilt.start(json.at("data").at("bids"), json.at("data").at("asks"));
                int told = player.data(key).size();
                if (!before.isEmpty()) {
                    player.play(before);
                }
                assertThat(player.data(key)).hasSize(told);
                player.play(message);
                rebuilt.compare();
                before = message;
            }
        }
        assertThat(rebuilt.compared()).isEqualTo(120);
        assertThat(player.gaps(key)).isZero();
    }

    @Test
    void trades_arrive_once_each_in_order_with_the_digits_as_sent() throws Exception {
        String key = player.listen(channel("ETH", "USD", new StreamKind.Trades()));
        List<String> sent = new ArrayList<>();
        for (String message : RecordedFrames.of("bitstamp/ethusd-trades")) {
            player.play(message);
            player.play(message);
            JsonValue json = FeedJson.parse(message);
            if ("trade".equals(json.at("event").text())) {
                sent.add(json.at("data").at("id").text());
            }
        }
        assertThat(player.tradeIds(key)).isEqualTo(sent).isNotEmpty();
        Trade first = player.trades(key).getFirst();
        assertThat(first.price()).isEqualTo("3805.44");
        assertThat(first.size()).isEqualTo("0.07920000");
        assertThat(first.side()).isEqualTo(Side.BUY);
        assertThat(first.time()).isEqualTo("2022-01-05T00:48:19.596Z");
    }

    @Test
    void trades_after_a_break_follow_a_gap() throws Exception {
        String key = player.listen(channel("ETH", "USD", new StreamKind.Trades()));
        String trade = RecordedFrames.of("bitstamp/ethusd-trades").getLast();
        player.play(trade);
        player.disconnect();
        player.play(trade.replace("\"id\":", "\"id\":1"));
        assertThat(player.gaps(key)).isOne();
        assertThat(player.tradeIds(key)).hasSize(2);
    }

    @Test
    void a_request_to_reconnect_and_refused_messages_are_noticed() throws Exception {
        assertThat(feed.parse("{\"event\":\"bts:request_reconnect\",\"channel\":\"\",\"data\":\"\"}"))
                .hasOnlyElementsOfType(FeedSignal.Reconnect.class);
        assertThat(feed.parse("{\"event\":\"bts:error\",\"channel\":\"live_trades_x\",\"data\":{\"message\":\"Bad\"}}"))
                .containsExactly(new FeedSignal.Refused("live_trades_x", "Bad", true));
        assertThat(feed.parse(
                        "{\"event\":\"bts:error\",\"channel\":\"\",\"data\":{\"code\":null,\"message\":\"Bad\"}}"))
                .hasOnlyElementsOfType(FeedSignal.Reconnect.class);
    }

    @Test
    void subscribes_with_one_message_a_channel_and_carries_no_quotes() {
        List<FeedChannel> both = List.of(
                channel("BTC", "USD", new StreamKind.Trades()), channel("BTC", "USD", new StreamKind.Book(100)));
        assertThat(feed.subscribe(both))
                .containsExactly(
                        "{\"event\":\"bts:subscribe\",\"data\":{\"channel\":\"live_trades_btcusd\"}}",
                        "{\"event\":\"bts:subscribe\",\"data\":{\"channel\":\"order_book_btcusd\"}}");
        assertThat(feed.carries(channel("BTC", "USD", new StreamKind.Quotes()))).isFalse();
        assertThat(feed.carries(channel("BTC", "USD", new StreamKind.Book(101))))
                .isFalse();
    }
}
