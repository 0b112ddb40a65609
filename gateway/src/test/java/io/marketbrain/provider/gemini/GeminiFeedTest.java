package io.marketbrain.provider.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.stream.StreamKind;
import io.marketbrain.provider.feed.FeedChannel;
import io.marketbrain.provider.feed.FeedPlayer;
import io.marketbrain.provider.feed.FeedSignal;
import io.marketbrain.provider.feed.RecordedFrames;
import java.util.List;
import org.junit.jupiter.api.Test;

class GeminiFeedTest {
    private final GeminiFeed feed = new GeminiFeed();
    private final FeedPlayer player = new FeedPlayer(feed);
    private final FeedChannel book = FeedPlayer.channel("FIL", "USD", "filusd", new StreamKind.Book(20));
    private final FeedChannel trades = FeedPlayer.channel("FIL", "USD", "filusd", new StreamKind.Trades());

    @Test
    void a_break_that_the_first_trades_after_it_overlap_is_no_gap() throws Exception {
        String key = player.listen(trades);
        String first = RecordedFrames.of("gemini/filusd").stream()
                .filter(message -> message.contains("\"trades\""))
                .findFirst()
                .orElseThrow();
        player.play(first);
        int told = player.tradeIds(key).size();
        player.disconnect();
        player.play(first);
        assertThat(player.tradeIds(key)).hasSize(told);
        player.play("{\"type\":\"trade\",\"symbol\":\"FILUSD\",\"event_id\":1,\"timestamp\":1624493692901,"
                + "\"price\":\"58.6805\",\"quantity\":\"2\",\"side\":\"buy\"}");
        assertThat(player.tradeIds(key)).hasSize(told + 1);
        assertThat(player.gaps(key)).isZero();
    }

    @Test
    void trades_and_book_of_a_symbol_are_one_subscription() {
        assertThat(feed.subscription(book)).isEqualTo(feed.subscription(trades));
        assertThat(feed.key(book)).isNotEqualTo(feed.key(trades));
        assertThat(feed.subscribe(List.of(book)))
                .containsExactly(
                        "{\"type\":\"subscribe\",\"subscriptions\":[{\"name\":\"l2\",\"symbols\":[\"FILUSD\"]}]}");
    }

    @Test
    void a_book_that_is_crossed_lacks_a_change_and_starts_anew() throws Exception {
        String key = player.listen(book);
        String first = "{\"type\":\"l2_updates\",\"symbol\":\"FILUSD\",\"changes\":[[\"buy\",\"58.3\",\"2\"],"
                + "[\"sell\",\"58.4\",\"1\"]],\"trades\":[]}";
        player.play(first);
        player.play("{\"type\":\"l2_updates\",\"symbol\":\"FILUSD\",\"changes\":[[\"buy\",\"58.4\",\"2\"]]}");
        assertThat(player.resubscriptions()).isEqualTo(1);
        player.play(first);
        assertThat(player.gaps(key)).isEqualTo(1);
        assertThat(player.data(key)).hasSize(2);
    }

    private static String first(int trade, String trades) {
        return "{\"type\":\"l2_updates\",\"symbol\":\"FILUSD\",\"changes\":[[\"buy\",\"58.3\",\"2\"],"
                + "[\"sell\",\"58.4\",\"1\"]],\"trades\":[" + trade(trade) + trades + "]}";
    }

    private static String trade(int id) {
        return "{\"type\":\"trade\",\"symbol\":\"FILUSD\",\"event_id\":" + id + ",\"timestamp\":"
                + (1624493692901L + id) + ",\"price\":\"58.6805\",\"quantity\":\"2\",\"side\":\"buy\"}";
    }

    @Test
    void trades_that_are_missed_while_the_book_starts_anew_are_a_gap() throws Exception {
        String key = player.listen(trades);
        player.listen(book);
        player.play(first(1, ""));
        player.play(trade(2));
        player.play("{\"type\":\"l2_updates\",\"symbol\":\"FILUSD\",\"changes\":[[\"buy\",\"58.4\",\"2\"]]}");
        assertThat(player.resubscriptions()).isEqualTo(1);
        player.play(first(3, "," + trade(2)));
        assertThat(player.gaps(key))
                .as("a trade that was told is among the first")
                .isZero();
        player.play(first(6, "," + trade(5)));
        assertThat(player.gaps(key)).isEqualTo(1);
        player.play(trade(7));
        assertThat(player.tradeIds(key)).containsExactly("1", "2", "3", "5", "6", "7");
    }

    @Test
    void an_error_ends_the_connection() throws Exception {
        assertThat(feed.parse("{\"result\":\"error\",\"reason\":\"InvalidJson\"}"))
                .containsExactly(new FeedSignal.Reconnect("the provider refused a message: InvalidJson"));
    }
}
