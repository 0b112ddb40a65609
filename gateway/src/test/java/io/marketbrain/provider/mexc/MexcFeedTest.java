package io.marketbrain.provider.mexc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketData.OrderBook;
import io.marketbrain.model.MarketData.Quote;
import io.marketbrain.model.MarketData.Trades;
import io.marketbrain.model.stream.StreamKind;
import io.marketbrain.provider.feed.FeedAdapter;
import io.marketbrain.provider.feed.FeedChannel;
import io.marketbrain.provider.feed.FeedPlayer;
import io.marketbrain.provider.feed.FeedSignal;
import io.marketbrain.provider.feed.FeedSocket;
import io.marketbrain.provider.feed.RecordedFrames;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Messages of spot pairs as MEXC's documentation has them, and messages of swaps that were recorded. */
class MexcFeedTest {
    private static final StreamKind.Book BOOK = new StreamKind.Book(10);
    private static final StreamKind.Trades TRADES = new StreamKind.Trades();
    private static final StreamKind.Quotes QUOTES = new StreamKind.Quotes();
    private static final long BEFORE = 10_589_632_358L;

    private final FeedAdapter spot = MexcFeed.all().get(0);
    private final FeedAdapter swaps = MexcFeed.all().get(1);
    private final List<FeedSocket.Message> documented = RecordedFrames.messages("mexc/spot-documented");
    private final List<String> texts = RecordedFrames.texts("mexc/spot-documented");

    private static FeedChannel pair(StreamKind kind) {
        return FeedPlayer.channel("BTC", "USDT", "BTCUSDT", kind);
    }

    private static FeedChannel swap(String base, String quote, String settle, StreamKind kind) {
        return FeedPlayer.contract(base, quote, settle, null, base + "_" + quote + ".P", kind);
    }

    @Test
    void a_change_of_a_book_that_is_left_out_is_noticed() throws Exception {
        var player = new FeedPlayer(spot, FeedPlayer.emptyBook(BEFORE));
        String key = player.listen(pair(BOOK));
        int depths = 0;
        for (int i = 0; i < documented.size(); i++) {
            if (texts.get(i).contains("publicAggreDepths") && ++depths == 2) {
                continue;
            }
            player.play(documented.get(i));
            player.play(documented.get(i));
        }
        assertThat(player.data(key)).hasSize(1);
    }

    @Test
    void trades_arrive_once_each_and_equal_ones_of_a_message_are_several() throws Exception {
        var player = new FeedPlayer(spot);
        String key = player.listen(pair(TRADES));
        for (FeedSocket.Message message : documented) {
            if (message.binary() != null) {
                player.play(message);
                player.play(message);
            }
        }
        assertThat(player.tradeIds(key))
                .containsExactly(
                        "1736409765051-93220.00-0.04438243",
                        "1736409765051-93220.00-0.04438243-2",
                        "1736409765052-93221.00-0.1",
                        "505979017439002624X1");
        assertThat(player.gaps(key)).isZero();
    }

    @Test
    void a_quote_is_put_together_from_two_channels() throws Exception {
        var player = new FeedPlayer(spot);
        String key = player.listen(pair(QUOTES));
        for (FeedSocket.Message message : documented) {
            player.play(message);
        }
        Quote quote = (Quote) player.newest(key);
        assertThat(quote.price()).isEqualTo("36474.74");
        assertThat(quote.bid()).isEqualTo("93387.28");
        assertThat(quote.askSize()).isEqualTo("7.669875");
        assertThat(quote.volume()).isEqualTo("10557.72895");
        assertThat(quote.quoteVolume()).isEqualTo("375173478.65");
        assertThat(spot.subscribe(List.of(pair(QUOTES))))
                .containsExactly("{\"id\":1,\"method\":\"SUBSCRIPTION\",\"params\":["
                        + "\"spot@public.miniTicker.v3.api.pb@BTCUSDT@UTC+0\","
                        + "\"spot@public.aggre.bookTicker.v3.api.pb@100ms@BTCUSDT\"]}");
    }

    @Test
    void a_refusal_names_its_channel() throws Exception {
        String refusal =
                texts.stream().filter(text -> text.contains("Not Sub")).toList().getFirst();
        FeedSignal signal = spot.parse(refusal).getFirst();
        assertThat(((FeedSignal.Refused) signal).key()).isEqualTo("spot@public.aggre.deals.v3.api.pb@100ms@NOUSDT");
        assertThat(swaps.parse("{\"channel\":\"rs.error\",\"data\":\"Contract [NO_USDT] not exists\",\"ts\":1}"))
                .contains(new FeedSignal.Refused("deal NO_USDT", "Contract [NO_USDT] not exists", true))
                .contains(new FeedSignal.Refused("kline NO_USDT Min1", "Contract [NO_USDT] not exists", true));
    }

    @Test
    void a_protobuf_message_is_read_only_when_it_is_whole() throws Exception {
        for (FeedSocket.Message message : documented) {
            byte[] bytes = message.binary();
            if (bytes == null) {
                continue;
            }
            assertThat(spot.text(bytes)).startsWith("{\"channel\":\"spot@public.");
            for (int length = 1; length < bytes.length; length++) {
                byte[] cut = Arrays.copyOf(bytes, length);
                try {
                    spot.parse(spot.text(cut));
                } catch (MalformedPayload e) {
                    assertThat(e).isNotNull(); // expected, unless the cut is between two fields
                }
            }
        }
        byte[] tooLong = {0x0A, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x0F};
        byte[] negative = {
            0x0A,
            (byte) 0xFF,
            (byte) 0xFF,
            (byte) 0xFF,
            (byte) 0xFF,
            (byte) 0xFF,
            (byte) 0xFF,
            (byte) 0xFF,
            (byte) 0xFF,
            (byte) 0xFF,
            0x01
        };
        byte[] endless = new byte[11];
        Arrays.fill(endless, (byte) 0xFF);
        byte[] quoted = {0x0A, 0x01, '"'};
        byte[] group = {0x0B};
        byte[] otherType = {0x08, 0x01};
        for (byte[] hostile : List.of(tooLong, negative, endless, quoted, group, otherType)) {
            assertThatThrownBy(() -> spot.text(hostile)).isInstanceOf(MalformedPayload.class);
        }
    }

    @Test
    void recorded_quotes_trades_and_bars_of_swaps_are_read() throws Exception {
        var player = new FeedPlayer(swaps);
        String trades = player.listen(swap("BTC", "USD", "BTC", TRADES));
        String linear = player.listen(swap("BTC", "USDT", "USDT", QUOTES));
        String inverse = player.listen(swap("BTC", "USD", "BTC", QUOTES));
        String bars = player.listen(swap("BTC", "USDT", "USDT", new StreamKind.Bars(Interval.M1)));
        for (String message : RecordedFrames.of("mexc/swap-recorded")) {
            player.play(message.replace("\"timestamp\":0", "\"timestamp\":1654083512507"));
        }
        assertThat(player.tradeIds(trades)).containsExactly("1647000043904-39885.5-8", "1616370470356-57476.5-79");
        assertThat(((Quote) player.newest(linear)).quoteVolume()).isEqualTo("898120149.6331");
        assertThat(((Quote) player.newest(inverse)).quoteVolume()).isNull();
        assertThat(((Quote) player.newest(inverse)).bid()).isEqualTo("29901.5");
        Candle bar = ((Candles) player.newest(bars)).candles().getFirst();
        assertThat(bar.close()).isEqualTo("31575");
        assertThat(bar.volume()).isNull();
        assertThat(bar.complete()).isFalse();
        String rows = player.listen(swap("BTC", "USDT", "USDT", TRADES));
        for (String message : RecordedFrames.of("mexc/swap-messages")) {
            player.play(message);
        }
        assertThat(((Trades) player.newest(rows)).trades().getFirst().size()).isEqualTo("49");
    }

    private static String depth(String version) {
        return "{\"channel\":\"push.depth\",\"data\":{\"asks\":[[6859.5,3251,1]],\"bids\":[]," + version
                + "},\"symbol\":\"BTC_USDT\",\"ts\":1587442022003}";
    }

    @Test
    void books_of_swaps_continue_by_one_or_by_a_range() throws Exception {
        var player = new FeedPlayer(swaps, FeedPlayer.emptyBook(96_801_926));
        String key = player.listen(swap("BTC", "USDT", "USDT", BOOK));
        player.play(depth("\"version\":96801927"));
        player.play(depth("\"version\":96801927"));
        player.play(depth("\"version\":96801928"));
        player.play(depth("\"begin\":96801929,\"end\":96801940"));
        assertThat(player.data(key)).hasSize(3);
        assertThat(((OrderBook) player.newest(key)).sequence()).isEqualTo(96_801_940L);
        player.play(depth("\"version\":96801942"));
        assertThat(player.data(key))
                .as("nothing is said of a book that lacks a change")
                .hasSize(3);
    }

    @Test
    void every_instrument_has_one_address() {
        FeedChannel inBase = swap("BTC", "USD", "BTC", TRADES);
        for (FeedChannel channel : List.of(pair(TRADES), inBase)) {
            assertThat(MexcFeed.all()).filteredOn(feed -> feed.carries(channel)).hasSize(1);
        }
        assertThat(swaps.subscribe(List.of(inBase)))
                .containsExactly("{\"method\":\"sub.deal\",\"param\":{\"symbol\":\"BTC_USD\"}}");
    }
}
