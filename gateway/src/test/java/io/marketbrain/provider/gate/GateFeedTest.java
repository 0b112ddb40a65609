package io.marketbrain.provider.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketData.Quote;
import io.marketbrain.model.stream.StreamKind;
import io.marketbrain.provider.feed.FeedChannel;
import io.marketbrain.provider.feed.FeedJson;
import io.marketbrain.provider.feed.FeedPlayer;
import io.marketbrain.provider.feed.FeedSignal;
import io.marketbrain.provider.feed.RecordedFrames;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class GateFeedTest {
    private final GateFeed feed = new GateFeed();
    private final AtomicInteger asked = new AtomicInteger();

    private static FeedChannel channel(StreamKind kind) {
        return FeedPlayer.channel("NEO", "BTC", "NEO_BTC", kind);
    }

    private static List<String> messages(String channel) {
        return RecordedFrames.of("gate/neo-btc").stream()
                .filter(message -> message.contains("\"" + channel + "\"") && message.contains("\"update\""))
                .toList();
    }

    private static JsonValue result(String message) throws MalformedPayload {
        return FeedJson.parse(message).at("result");
    }

    /** A player whose first request for a book is answered with one that the recorded changes continue. */
    private FeedPlayer player(List<String> changes) throws MalformedPayload {
        return new FeedPlayer(
                feed,
                FeedPlayer.emptyBookOnce(result(changes.getFirst()).at("U").integer() - 1, asked));
    }

    @Test
    void each_change_that_is_left_out_or_late_starts_the_book_anew() throws Exception {
        List<String> changes = messages("spot.order_book_update");
        for (int i = 1; i < changes.size() - 1; i++) {
            List<String> without = new ArrayList<>(changes);
            without.remove(i);
            List<String> reordered = new ArrayList<>(changes);
            Collections.swap(reordered, i, i + 1);
            for (List<String> faulty : List.of(without, reordered)) {
                asked.set(0);
                FeedPlayer player = player(changes);
                String key = player.listen(channel(new StreamKind.Book(20)));
                for (String message : faulty) {
                    player.play(message);
                }
                assertThat(asked).as("requests after a fault at change %d", i).hasValue(2);
                assertThat(player.data(key)).as("books told before it").hasSize(i);
            }
        }
    }

    @Test
    void recorded_trades_arrive_once_each_and_in_order() throws Exception {
        FeedPlayer player = new FeedPlayer(feed);
        String key = player.listen(channel(new StreamKind.Trades()));
        List<String> sent = new ArrayList<>();
        for (String message : messages("spot.trades")) {
            player.play(message);
            player.play(message);
            sent.add(result(message).at("id").text());
        }
        assertThat(player.tradeIds(key)).isEqualTo(sent).isNotEmpty();
        assertThat(player.trades(key).getFirst().time()).isEqualTo("2021-04-22T12:12:26.958116Z");
        assertThat(player.trades(key).getFirst().price()).isEqualTo("0.0018735000");
    }

    @Test
    void recorded_quotes_and_bars_are_read() throws Exception {
        FeedPlayer player = new FeedPlayer(feed);
        String quotes = player.listen(channel(new StreamKind.Quotes()));
        String bars = player.listen(channel(new StreamKind.Bars(Interval.M1)));
        for (String message : RecordedFrames.of("gate/neo-btc")) {
            player.play(message);
        }
        Quote quote = (Quote) player.data(quotes).getFirst();
        assertThat(quote.price()).isEqualTo("0.0018716");
        assertThat(quote.bid()).isEqualTo("0.0018697");
        assertThat(quote.volume()).isEqualTo("1138.01640718");
        assertThat(quote.asOf()).isEqualTo("2021-04-22T12:12:13Z");
        Candle bar = ((Candles) player.data(bars).getFirst()).candles().getFirst();
        assertThat(bar.openTime()).isEqualTo("2021-04-22T12:12:00Z");
        assertThat(bar.complete()).isFalse();
        player.play(
                "{\"time\":1619093581,\"channel\":\"spot.candlesticks\",\"event\":\"update\",\"result\":{\"t\":\"1619093520\","
                        + "\"v\":\"0.5\",\"c\":\"2\",\"h\":\"2\",\"l\":\"1\",\"o\":\"1\",\"n\":\"1m_NEO_BTC\",\"a\":\"0.3\",\"w\":true}}");
        Candle closed = ((Candles) player.newest(bars)).candles().getFirst();
        assertThat(closed.complete()).isTrue();
        assertThat(closed.volume()).isEqualTo("0.3");
        assertThat(closed.quoteVolume()).isEqualTo("0.5");
    }

    @Test
    void a_pair_that_is_not_known_is_refused_for_its_channel_alone() throws Exception {
        String head = "{\"time\":1,\"event\":\"subscribe\",\"error\":{\"code\":2,\"message\":";
        assertThat(feed.parse(head + "\"unknown currency pair: X_Y\"},\"channel\":\"spot.trades\"}"))
                .containsExactly(new FeedSignal.Refused("spot.trades X_Y", "unknown currency pair: X_Y", true));
        assertThat(feed.parse(head + "\"unknown\"},\"channel\":\"spot.candlesticks\",\"payload\":[\"1m\",\"X_Y\"]}"))
                .containsExactly(new FeedSignal.Refused("spot.candlesticks 1m_X_Y", "unknown", true));
        assertThat(feed.parse(head + "\"bad\"},\"channel\":\"spot.trades\"}"))
                .hasOnlyElementsOfType(FeedSignal.Reconnect.class);
    }

    @Test
    void messages_have_the_time_at_which_they_are_sent() {
        List<String> messages =
                feed.subscribe(List.of(channel(new StreamKind.Book(5)), channel(new StreamKind.Bars(Interval.H1))));
        Instant now = Instant.ofEpochSecond(1619093532);
        assertThat(messages.stream().map(message -> feed.sentAt(now, message)))
                .containsExactly(
                        "{\"time\":1619093532,\"channel\":\"spot.order_book_update\",\"event\":\"subscribe\","
                                + "\"payload\":[\"NEO_BTC\",\"100ms\"]}",
                        "{\"time\":1619093532,\"channel\":\"spot.candlesticks\",\"event\":\"subscribe\","
                                + "\"payload\":[\"1h\",\"NEO_BTC\"]}");
        assertThat(feed.sentAt(now, feed.heartbeat().orElseThrow()))
                .isEqualTo("{\"time\":1619093532,\"channel\":\"spot.ping\"}");
    }

    @Test
    void carries_no_more_levels_than_half_of_a_requested_book() {
        assertThat(feed.carries(channel(new StreamKind.Book(50)))).isTrue();
        assertThat(feed.carries(channel(new StreamKind.Book(51)))).isFalse();
    }
}
