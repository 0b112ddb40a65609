package io.marketbrain.provider.okx;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.stream.StreamKind;
import io.marketbrain.provider.feed.FeedPlayer;
import org.junit.jupiter.api.Test;

class OkxFeedTest {
    private final FeedPlayer player = new FeedPlayer(new OkxFeed());
    private final String key = player.listen(FeedPlayer.channel("BTC", "USDT", "BTC-USDT", new StreamKind.Trades()));

    /** A message with a row of the trades up to an id. */
    private void trades(long last, int count) throws Exception {
        player.play(
                "{\"arg\":{\"channel\":\"trades\",\"instId\":\"BTC-USDT\"},\"data\":[{\"instId\":\"BTC-USDT\",\"tradeId\":\""
                        + last
                        + "\",\"px\":\"42219.9\",\"sz\":\"0.12\",\"side\":\"buy\",\"ts\":\"1630048897897\",\"count\":\""
                        + count
                        + "\",\"source\":\"0\"}]}");
    }

    @Test
    void a_row_may_be_of_several_trades_and_ids_may_have_holes() throws Exception {
        trades(120, 1);
        trades(123, 3);
        trades(127, 2);
        assertThat(player.tradeIds(key)).containsExactly("120", "123", "127");
        assertThat(player.gaps(key)).isZero();
    }

    @Test
    void a_row_that_comes_twice_is_told_once() throws Exception {
        trades(120, 1);
        trades(123, 3);
        trades(123, 3);
        trades(124, 1);
        assertThat(player.tradeIds(key)).containsExactly("120", "123", "124");
        assertThat(player.gaps(key)).isZero();
    }
}
