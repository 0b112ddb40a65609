package io.marketbrain.provider.cryptocom;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.MarketData.Quote;
import io.marketbrain.model.MarketData.Side;
import io.marketbrain.model.MarketData.Trades;
import io.marketbrain.model.stream.StreamEvent;
import io.marketbrain.model.stream.StreamKind;
import io.marketbrain.provider.feed.FeedChannel;
import io.marketbrain.provider.feed.FeedPlayer;
import io.marketbrain.provider.feed.FeedSignal;
import io.marketbrain.provider.feed.RecordedFrames;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Messages that Crypto.com sent, and those that its documentation has. */
class CryptocomFeedTest {
    private static final StreamKind.Book BOOK = new StreamKind.Book(10);
    private static final StreamKind.Trades TRADES = new StreamKind.Trades();

    private final CryptocomFeed feed = new CryptocomFeed();
    private final FeedPlayer player = new FeedPlayer(feed);
    private final List<String> documented = RecordedFrames.of("cryptocom/book-documented");

    private static FeedChannel pair(String quote, StreamKind kind) {
        return FeedPlayer.channel("BTC", quote, "BTC_" + quote, kind);
    }

    @Test
    void a_change_that_is_left_out_starts_the_book_anew_even_if_it_has_no_levels() throws Exception {
        for (int left = 1; left < documented.size() - 1; left++) {
            var without = new FeedPlayer(feed);
            String key = without.listen(pair("USDT", BOOK));
            int told = 0;
            for (int i = 0; i < documented.size(); i++) {
                if (i == left) {
                    told = without.data(key).size();
                } else {
                    without.play(documented.get(i));
                    without.play(documented.get(i));
                }
            }
            assertThat(without.resubscriptions()).as("without message " + left).isOne();
            assertThat(without.data(key)).as("without message " + left).hasSize(told);
        }
    }

    @Test
    void recorded_quotes_and_trades_are_read() throws Exception {
        String quotes = player.listen(pair("USD", new StreamKind.Quotes()));
        String trades = player.listen(pair("USD", TRADES));
        for (String message : RecordedFrames.of("cryptocom/live")) {
            player.play(message);
            player.play(message);
        }
        Quote quote = (Quote) player.newest(quotes);
        assertThat(quote.price()).isEqualTo("63958.47");
        assertThat(quote.askSize()).isEqualTo("0.23532");
        assertThat(quote.volume()).isEqualTo("2657.5053");
        assertThat(player.tradeIds(trades)).containsExactly("1782032437671850129");
        assertThat(((Trades) player.newest(trades)).trades().getFirst().side()).isEqualTo(Side.SELL);
    }

    @Test
    void the_answer_to_a_subscription_has_earlier_trades() throws Exception {
        String key = player.listen(pair("USD", TRADES));
        String answer = "{\"id\":1,\"method\":\"subscribe\",\"code\":0,\"result\":{\"instrument_name\":\"BTC_USD\","
                + "\"subscription\":\"trade.BTC_USD\",\"channel\":\"trade\",\"data\":["
                + "{\"d\":\"12\",\"t\":1613581138462,\"p\":\"5.5\",\"q\":\"1\",\"s\":\"SELL\",\"i\":\"BTC_USD\"},"
                + "{\"d\":\"11\",\"t\":1613581138461,\"p\":\"5\",\"q\":\"1\",\"s\":\"BUY\",\"i\":\"BTC_USD\"}]}}";
        player.play(answer);
        assertThat(player.events(key).getLast()).isInstanceOf(StreamEvent.Snapshot.class);
        assertThat(player.tradeIds(key)).containsExactly("11", "12");
        player.disconnect();
        player.play(answer);
        assertThat(player.gaps(key)).isZero();
        assertThat(player.tradeIds(key)).containsExactly("11", "12");
    }

    @Test
    void heartbeats_are_answered_and_errors_name_their_subscription() throws Exception {
        assertThat(feed.parse("{\"id\":1782032467342,\"method\":\"public/heartbeat\",\"code\":0}"))
                .containsExactly(
                        new FeedSignal.Reply("{\"id\":1782032467342,\"method\":\"public/respond-heartbeat\"}"));
        assertThat(feed.parse("{\"id\":1,\"method\":\"subscribe\",\"code\":40003,\"message\":\"Unknown symbol\","
                        + "\"original\":\"{\\\"params\\\":{\\\"channels\\\":[\\\"book.NO_USD.50\\\"]}}\"}"))
                .containsExactly(new FeedSignal.Refused("book.NO_USD.50", "Unknown symbol", true));
        assertThat(feed.subscribe(List.of(pair("USD", BOOK))))
                .containsExactly("{\"id\":1,\"method\":\"subscribe\",\"params\":{\"channels\":[\"book.BTC_USD.50\"],"
                        + "\"book_subscription_type\":\"SNAPSHOT_AND_UPDATE\",\"book_update_frequency\":100}}");
        FeedChannel swap = FeedPlayer.contract("BTC", "USD", "USD", null, "BTCUSD-PERP", TRADES);
        assertThat(feed.key(swap)).isEqualTo("trade.BTCUSD-PERP");
    }
}
