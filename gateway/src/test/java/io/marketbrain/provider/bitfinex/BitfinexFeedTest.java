package io.marketbrain.provider.bitfinex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.MarketData.Level;
import io.marketbrain.model.MarketData.Quote;
import io.marketbrain.model.MarketData.Side;
import io.marketbrain.model.stream.StreamKind;
import io.marketbrain.provider.feed.FeedChannel;
import io.marketbrain.provider.feed.FeedPlayer;
import io.marketbrain.provider.feed.FeedSignal;
import io.marketbrain.provider.feed.RecordedFrames;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class BitfinexFeedTest {
    private static final String BOUND =
            "{\"event\":\"subscribed\",\"channel\":\"%s\",\"chanId\":7,\"symbol\":\"tMNABTC\"}";

    private final BitfinexFeed feed = new BitfinexFeed();
    private final FeedPlayer player = new FeedPlayer(feed);

    private static FeedChannel channel(StreamKind kind) {
        return FeedPlayer.channel("MANA", "BTC", "tMNABTC", kind);
    }

    @Test
    void messages_that_are_left_out_doubled_or_late_end_the_connection() throws Exception {
        List<String> messages = RecordedFrames.of("bitfinex/mixed").stream()
                .filter(message -> message.startsWith("["))
                .limit(200)
                .toList();
        for (int i = 1; i < messages.size() - 1; i += 7) {
            List<String> without = new ArrayList<>(messages);
            without.remove(i);
            List<String> doubled = new ArrayList<>(messages);
            doubled.add(i, messages.get(i));
            List<String> late = new ArrayList<>(messages);
            Collections.swap(late, i, i + 1);
            for (List<String> faulty : List.of(without, doubled, late)) {
                var listener = new FeedPlayer(feed);
                boolean broken = false;
                for (String message : faulty) {
                    broken = broken || listener.breaksAt(message);
                }
                assertThat(broken).as("a fault at message %d", i).isTrue();
            }
        }
    }

    @Test
    void recorded_quotes_have_no_sums_of_sizes() throws Exception {
        String key = player.listen(channel(new StreamKind.Quotes()));
        for (String message : RecordedFrames.of("bitfinex/mixed")) {
            player.play(message);
        }
        Quote quote = (Quote) player.data(key).getFirst();
        assertThat(quote.price()).isEqualTo("0.00002516");
        assertThat(quote.bid()).isEqualTo("0.00002503");
        assertThat(quote.ask()).isEqualTo("0.00002526");
        assertThat(quote.open()).isEqualTo("0.00002042");
        assertThat(quote.volume()).isEqualTo("213152.21708557");
        assertThat(quote.bidSize()).isNull();
    }

    @Test
    void trades_arrive_once_each_and_in_order() throws Exception {
        String key = player.listen(channel(new StreamKind.Trades()));
        player.play(BOUND.formatted("trades"));
        player.play("[7,[[102,1618677535660,-76.5,0.00002516],[101,1618677306497,692.4,0.00002523]],1]");
        player.play("[7,\"te\",[105,1618677535700,5,0.00002517],2]");
        player.play("[7,\"tu\",[105,1618677535700,5,0.00002517],3]");
        player.play("[7,\"hb\",4]");
        player.play("[7,\"te\",[104,1618677535690,-6,0.00002518],5]");
        assertThat(player.tradeIds(key)).containsExactly("101", "102", "105", "104");
        assertThat(player.trades(key).getFirst().side()).isEqualTo(Side.BUY);
        assertThat(player.trades(key).getLast().side()).isEqualTo(Side.SELL);
        assertThat(player.trades(key).getLast().size()).isEqualTo("6");
    }

    @Test
    void a_wrong_checksum_starts_the_book_anew_and_a_right_one_says_nothing() throws Exception {
        String key = player.listen(channel(new StreamKind.Book(20)));
        player.play(BOUND.formatted("book"));
        player.play("[7,[[5.6e-7,1,60712.4250231],[5e-7,2,4000],[0.0000012,1,-0.5],[0.000002,3,-1e-7]],1]");
        var crc = new CRC32();
        crc.update("5.6e-7:60712.4250231:0.0000012:-0.5:5e-7:4000:0.000002:-1e-7".getBytes(StandardCharsets.US_ASCII));
        player.play("[7,\"cs\"," + (int) crc.getValue() + ",2]");
        assertThat(player.resubscriptions()).isZero();
        assertThat(player.data(key)).hasSize(1);
        player.play("[7,\"cs\"," + (int) (crc.getValue() + 1) + ",3]");
        assertThat(player.resubscriptions()).isOne();
        player.play("[7,[[6e-7,1,1],[0.0000012,1,-0.5]],4]");
        assertThat(player.gaps(key)).isOne();
    }

    @Test
    void checksums_cover_25_levels_a_side() {
        List<Level> many = new ArrayList<>();
        for (int i = 1; i <= 30; i++) {
            many.add(new Level(BigDecimal.valueOf(i), BigDecimal.ONE));
        }
        assertThat(BitfinexChecksum.of(many, List.of())).isEqualTo(BitfinexChecksum.of(many.subList(0, 25), List.of()));
        assertThat(BitfinexChecksum.of(many, List.of()))
                .isNotEqualTo(BitfinexChecksum.of(many.subList(0, 24), List.of()));
    }

    @Test
    void numbers_are_written_as_in_javascript() {
        assertThat(List.of("0.00000056", "0.000001", "0.0000123", "1.50", "100", "1E+3").stream()
                        .map(text -> BitfinexChecksum.written(new BigDecimal(text))))
                .containsExactly("5.6e-7", "0.000001", "0.0000123", "1.5", "100", "1000");
    }

    @Test
    void a_connection_begins_with_its_options_and_channels_are_left_by_number() {
        assertThat(feed.opening()).containsExactly("{\"event\":\"conf\",\"flags\":196608}");
        assertThat(feed.subscribe(List.of(channel(new StreamKind.Book(5)))))
                .containsExactly("{\"event\":\"subscribe\",\"channel\":\"book\",\"symbol\":\"tMNABTC\","
                        + "\"prec\":\"P0\",\"freq\":\"F0\",\"len\":\"250\"}");
        assertThat(feed.unsubscribe("7")).containsExactly("{\"event\":\"unsubscribe\",\"chanId\":7}");
    }

    @Test
    void refusals_name_their_channel() throws Exception {
        String head = "{\"event\":\"error\",\"msg\":\"symbol: invalid\",\"code\":";
        assertThat(feed.parse(head + "10300,\"channel\":\"book\",\"symbol\":\"tX\"}"))
                .containsExactly(new FeedSignal.Refused("book tX", "symbol: invalid", true));
        assertThat(feed.parse(head + "10305,\"channel\":\"book\",\"symbol\":\"tX\"}"))
                .containsExactly(new FeedSignal.Refused("book tX", "symbol: invalid", false));
        assertThat(feed.parse(head + "10301,\"channel\":\"book\",\"symbol\":\"tX\"}"))
                .containsExactly(new FeedSignal.Alive());
        assertThat(feed.parse("{\"event\":\"info\",\"code\":20051,\"msg\":\"Stopping\"}"))
                .hasOnlyElementsOfType(FeedSignal.Reconnect.class);
        assertThatThrownBy(() -> feed.parse("[7,[1,2],3]")).isInstanceOf(MalformedPayload.class);
    }
}
