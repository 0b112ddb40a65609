package io.marketbrain.provider.coinbase;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.stream.StreamKind;
import io.marketbrain.provider.feed.FeedPlayer;
import org.junit.jupiter.api.Test;

class CoinbaseFeedTest {
    private static final String SNAPSHOT =
            "{\"type\":\"snapshot\",\"product_id\":\"BTC-USD\",\"bids\":[[\"100.00\",\"1\"]],"
                    + "\"asks\":[[\"101.00\",\"1\"],[\"103.00\",\"1\"]]}";

    private final FeedPlayer player = new FeedPlayer(new CoinbaseFeed());
    private final String key = player.listen(FeedPlayer.channel("BTC", "USD", "BTC-USD", new StreamKind.Book(5)));

    private void change(String side, String price, String size) throws Exception {
        player.play(
                "{\"type\":\"l2update\",\"product_id\":\"BTC-USD\",\"time\":\"2026-07-07T23:00:00.000000Z\",\"changes\":[[\""
                        + side + "\",\"" + price + "\",\"" + size + "\"]]}");
    }

    @Test
    void a_book_that_is_crossed_lacks_a_change_and_starts_anew() throws Exception {
        player.play(SNAPSHOT);
        change("buy", "101.50", "2"); // the change that took 101.00 away is missing
        assertThat(player.resubscriptions()).isEqualTo(1);
        assertThat(player.data(key)).as("nothing is told of the crossed book").hasSize(1);
        player.play(SNAPSHOT.replace("[\"101.00\",\"1\"],", "").replace("100.00", "101.50"));
        assertThat(player.gaps(key)).isEqualTo(1);
        assertThat(player.data(key)).hasSize(2);
    }

    @Test
    void a_book_that_is_crossed_at_the_exchange_is_not_started_anew_again_and_again() throws Exception {
        player.play(SNAPSHOT);
        change("buy", "101.50", "2");
        player.play(SNAPSHOT.replace("100.00", "101.50"));
        change("buy", "101.60", "2");
        assertThat(player.resubscriptions()).isEqualTo(1);
        assertThat(player.data(key)).hasSize(3);
        for (int i = 0; i < 6_000; i++) {
            change("buy", "90", "1"); // 10 ms each
        }
        assertThat(player.resubscriptions()).isEqualTo(2);
    }
}
