package io.marketbrain.provider.hyperliquid;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.json.JsonValue;
import io.marketbrain.model.MarketData.OrderBook;
import io.marketbrain.model.MarketData.Quote;
import io.marketbrain.model.stream.StreamKind;
import io.marketbrain.provider.feed.ComparedBook;
import io.marketbrain.provider.feed.FeedChannel;
import io.marketbrain.provider.feed.FeedJson;
import io.marketbrain.provider.feed.FeedPlayer;
import io.marketbrain.provider.feed.FeedSignal;
import io.marketbrain.provider.feed.RecordedFrames;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Messages that Hyperliquid sent. */
class HyperliquidFeedTest {
    private static final StreamKind.Book BOOK = new StreamKind.Book(20);
    private static final StreamKind.Trades TRADES = new StreamKind.Trades();

    private final HyperliquidFeed feed = new HyperliquidFeed();
    private final FeedPlayer player = new FeedPlayer(feed);

    private static FeedChannel swap(String coin, StreamKind kind) {
        return FeedPlayer.contract(coin, "USDC", "USDC", null, coin, kind);
    }

    @Test
    void books_equal_a_plain_reading_and_a_price_is_the_middle_of_bid_and_ask() throws Exception {
        String book = player.listen(swap("BTC", BOOK));
        String quotes = player.listen(swap("BTC", new StreamKind.Quotes()));
        int books = 0;
        for (String message : RecordedFrames.of("hyperliquid/testnet")) {
            if (message.contains("noSuchType")) {
                continue;
            }
            player.play(message);
            JsonValue json = FeedJson.parse(message);
            if (!"l2Book".equals(json.at("channel").text())) {
                continue;
            }
            var expected = new ComparedBook(player, book, 20);
            for (int side = 0; side < 2; side++) {
                for (JsonValue level : json.at("data").at("levels").at(side).items()) {
                    expected.set(
                            side == 0, level.at("px").text(), level.at("sz").text());
                }
            }
            expected.compare();
            books++;
        }
        assertThat(books).isEqualTo(2);
        Quote quote = (Quote) player.newest(quotes);
        assertThat(quote.price()).isEqualByComparingTo("63472.5");
        assertThat(quote.bid()).isEqualTo("63457.0");
        assertThat(quote.askSize()).isEqualTo("0.01246");
    }

    private static String trade(long id, long time) {
        return "{\"coin\":\"HYPE\",\"side\":\"A\",\"px\":\"35.276\",\"sz\":\"5.78\",\"time\":" + time + ",\"tid\":" + id
                + "}";
    }

    private static String trades(String... rows) {
        return "{\"channel\":\"trades\",\"data\":[" + String.join(",", rows) + "]}";
    }

    @Test
    void trades_arrive_once_each_and_in_order_and_recent_ones_fill_a_break() throws Exception {
        String key = player.listen(swap("HYPE", TRADES));
        for (String message : RecordedFrames.of("hyperliquid/messages")) {
            player.play(message);
        }
        assertThat(player.tradeIds(key)).containsExactly("716095722814130");
        String first = trade(1, 1_764_835_614_000L);
        String second = trade(2, 1_764_835_615_000L);
        String third = trade(3, 1_764_835_616_000L);
        player.play(trades(first));
        player.play(trades(first));
        player.disconnect();
        player.play(trades(third, second, first));
        assertThat(player.tradeIds(key)).containsExactly("716095722814130", "1", "2", "3");
        assertThat(player.gaps(key))
                .as("the recent trades contain the last one that was told")
                .isZero();
        player.disconnect();
        player.play(trades(trade(9, 1_764_835_700_000L)));
        assertThat(player.gaps(key)).isOne();
    }

    @Test
    void channels_are_named_by_type_and_coin_and_an_error_repeats_them() throws Exception {
        assertThat(feed.subscribe(List.of(swap("kPEPE", TRADES))))
                .containsExactly(
                        "{\"method\":\"subscribe\",\"subscription\":{\"type\":\"trades\",\"coin\":\"kPEPE\"}}");
        assertThat(feed.parse("{\"channel\":\"error\",\"data\":\"Invalid subscription "
                        + "{\\\"type\\\":\\\"trades\\\",\\\"coin\\\":\\\"@107\\\"}\"}"))
                .containsExactly(new FeedSignal.Refused(
                        "trades @107", "Invalid subscription {\"type\":\"trades\",\"coin\":\"@107\"}", true));
        assertThat(feed.carries(swap("BTC", new StreamKind.Book(21)))).isFalse();
        player.listen(swap("HYPE", BOOK));
        for (String message : RecordedFrames.of("hyperliquid/messages")) {
            player.play(message);
        }
        assertThat(((OrderBook) player.newest("l2Book HYPE")).asks()).hasSize(2);
    }
}
