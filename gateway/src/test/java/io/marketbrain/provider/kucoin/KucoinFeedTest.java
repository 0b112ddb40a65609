package io.marketbrain.provider.kucoin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.MarketData.Quote;
import io.marketbrain.model.stream.StreamKind;
import io.marketbrain.provider.feed.FeedAddress;
import io.marketbrain.provider.feed.FeedChannel;
import io.marketbrain.provider.feed.FeedJson;
import io.marketbrain.provider.feed.FeedPlayer;
import io.marketbrain.provider.feed.FeedSignal;
import io.marketbrain.provider.feed.RecordedFrames;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class KucoinFeedTest {
    private static final String BULLET =
            "{\"code\":\"200000\",\"data\":{\"token\":\"2neAiu-token==\",\"instanceServers\":"
                    + "[{\"endpoint\":\"wss://ws-api-spot.kucoin.com/\",\"encrypt\":true,\"protocol\":\"websocket\","
                    + "\"pingInterval\":18000,\"pingTimeout\":10000}]}}";

    private final KucoinFeed feed = new KucoinFeed();
    private final AtomicInteger asked = new AtomicInteger();

    private static FeedChannel channel(StreamKind kind) {
        return FeedPlayer.channel("FET", "BTC", "FET-BTC", kind);
    }

    private static List<String> changes() {
        return RecordedFrames.of("kucoin/fet-btc").stream()
                .filter(message -> message.contains("/market/level2:"))
                .toList();
    }

    private static JsonValue data(String message) throws MalformedPayload {
        return FeedJson.parse(message).at("data");
    }

    private FeedPlayer player() throws MalformedPayload {
        long first = data(changes().getFirst()).at("sequenceStart").integer();
        return new FeedPlayer(feed, FeedPlayer.emptyBookOnce(first - 1, asked));
    }

    @Test
    void each_change_that_is_left_out_or_late_starts_the_book_anew() throws Exception {
        List<String> changes = changes();
        for (int i = 1; i < changes.size() - 1; i += 13) {
            List<String> without = new ArrayList<>(changes);
            without.remove(i);
            List<String> reordered = new ArrayList<>(changes);
            Collections.swap(reordered, i, i + 1);
            for (List<String> faulty : List.of(without, reordered)) {
                asked.set(0);
                FeedPlayer player = player();
                player.listen(channel(new StreamKind.Book(20)));
                for (String message : faulty) {
                    player.play(message);
                }
                assertThat(asked).as("requests after a fault at change %d", i).hasValue(2);
            }
        }
    }

    private static String trade(long sequence) {
        return "{\"data\":{\"symbol\":\"FET-BTC\",\"sequence\":\"" + sequence + "\",\"side\":\"sell\",\"size\":\"1.5\","
                + "\"price\":\"0.00000776\",\"time\":\"1619378339919173052\",\"type\":\"match\",\"tradeId\":\"a"
                + sequence
                + "\"},\"subject\":\"trade.l3match\",\"topic\":\"/market/match:FET-BTC\",\"type\":\"message\"}";
    }

    @Test
    void trades_arrive_once_each_and_in_order() throws Exception {
        FeedPlayer player = new FeedPlayer(feed);
        String key = player.listen(channel(new StreamKind.Trades()));
        for (String message : RecordedFrames.of("kucoin/fet-btc")) {
            player.play(message);
        }
        assertThat(player.tradeIds(key)).containsExactly("1612712745710");
        assertThat(player.trades(key).getFirst().time()).isEqualTo("2021-04-25T19:18:59.919173052Z");
        for (long sequence : new long[] {1612712745711L, 1612712745711L, 1612712745720L, 1612712745710L}) {
            player.play(trade(sequence));
        }
        assertThat(player.tradeIds(key)).containsExactly("1612712745710", "1612712745711", "1612712745720");
        player.disconnect();
        player.play(trade(1612712745730L));
        assertThat(player.gaps(key)).isOne();
    }

    @Test
    void a_quote_joins_the_best_prices_and_the_figures_of_the_day() throws Exception {
        FeedPlayer player = new FeedPlayer(feed);
        String key = player.listen(channel(new StreamKind.Quotes()));
        List<String> tickers = RecordedFrames.of("kucoin/fet-btc").stream()
                .filter(message -> message.contains("/market/ticker:"))
                .toList();
        player.play(tickers.getFirst());
        player.play(
                "{\"topic\":\"/market/snapshot:FET-BTC\",\"type\":\"message\",\"subject\":\"trade.snapshot\",\"data\":"
                        + "{\"sequence\":\"7\",\"data\":{\"high\":0.000008,\"low\":7.6E-6,\"vol\":1234.5,\"volValue\":0.0096,"
                        + "\"lastTradedPrice\":0.00000772,\"changePrice\":-2E-8}}}");
        Quote quote = (Quote) player.newest(key);
        assertThat(quote.price()).isEqualTo("0.00000772");
        assertThat(quote.bidSize()).isEqualTo("357.285");
        assertThat(quote.high()).isEqualTo("0.000008");
        assertThat(quote.open()).isEqualTo("0.00000774");
        assertThat(quote.volume()).isEqualTo("1234.5");
        assertThat(quote.asOf()).isEqualTo("2021-04-25T19:18:46.968Z");
        player.play(tickers.getLast());
        assertThat(((Quote) player.newest(key)).high()).isEqualTo("0.000008");
    }

    @Test
    void the_address_has_the_token_which_is_not_shown() throws Exception {
        FeedAddress address = feed.address(BULLET.getBytes(StandardCharsets.UTF_8));
        assertThat(address.url()).isEqualTo("wss://ws-api-spot.kucoin.com/?token=2neAiu-token%3D%3D&connectId=1");
        assertThat(address.heartbeat()).isEqualTo(Duration.ofSeconds(18));
        assertThat(address.toString()).doesNotContain("2neAiu");
        assertThatThrownBy(() -> feed.address("{\"code\":\"429000\"}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(MalformedPayload.class);
    }

    @Test
    void a_topic_that_is_not_found_is_refused_alone() throws Exception {
        assertThat(feed.parse(
                        "{\"id\":\"/market/snapshot:X-Y\",\"type\":\"error\",\"code\":404,\"data\":\"not found\"}"))
                .containsExactly(new FeedSignal.Refused("/market/ticker:X-Y", "not found", true));
        assertThat(feed.parse("{\"id\":\"1\",\"type\":\"error\",\"code\":509,\"data\":\"too many\"}"))
                .hasOnlyElementsOfType(FeedSignal.Reconnect.class);
        assertThat(feed.subscribe(List.of(channel(new StreamKind.Quotes())))).hasSize(2);
        assertThat(feed.subscribe(List.of(channel(new StreamKind.Trades()))))
                .containsExactly(
                        "{\"id\":\"/market/match:FET-BTC\",\"type\":\"subscribe\",\"topic\":\"/market/match:FET-BTC\","
                                + "\"privateChannel\":false,\"response\":true}");
    }
}
