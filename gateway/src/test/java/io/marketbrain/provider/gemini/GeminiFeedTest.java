package io.marketbrain.provider.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.json.JsonValue;
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

class GeminiFeedTest {
    private final GeminiFeed feed = new GeminiFeed();
    private final FeedPlayer player = new FeedPlayer(feed);
    private final FeedChannel book = FeedPlayer.channel("FIL", "USD", "filusd", new StreamKind.Book(20));
    private final FeedChannel trades = FeedPlayer.channel("FIL", "USD", "filusd", new StreamKind.Trades());

    @Test
    void recorded_books_equal_a_plain_rebuild_after_every_message() throws Exception {
        String key = player.listen(book);
        var rebuilt = new ComparedBook(player, key, 20);
        for (String message : RecordedFrames.of("gemini/filusd")) {
            player.play(message);
            JsonValue json = FeedJson.parse(message);
            if ("l2_updates".equals(json.at("type").text())) {
                for (JsonValue row : json.at("changes").items()) {
                    rebuilt.set(
                            "buy".equals(row.at(0).text()),
                            row.at(1).text(),
                            row.at(2).text());
                }
                rebuilt.compare();
            }
        }
        assertThat(rebuilt.compared()).isGreaterThan(150);
        assertThat(player.gaps(key)).isZero();
    }

    @Test
    void recorded_trades_arrive_once_each_and_in_order() throws Exception {
        String key = player.listen(trades);
        List<String> sent = new ArrayList<>();
        for (String message : RecordedFrames.of("gemini/filusd")) {
            player.play(message);
            player.play(message); // a message that is sent twice changes nothing
            JsonValue json = FeedJson.parse(message);
            if (json.find("trades").isPresent()) {
                for (JsonValue row : json.at("trades").items().reversed()) {
                    sent.add(row.at("event_id").text());
                }
            } else if ("trade".equals(json.at("type").text())) {
                sent.add(json.at("event_id").text());
            }
        }
        assertThat(player.tradeIds(key)).isEqualTo(sent).hasSizeGreaterThan(50);
        assertThat(player.gaps(key)).isZero();
    }

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
    void an_error_ends_the_connection() throws Exception {
        assertThat(feed.parse("{\"result\":\"error\",\"reason\":\"InvalidJson\"}"))
                .containsExactly(new FeedSignal.Reconnect("the provider refused a message: InvalidJson"));
    }
}
