package io.marketbrain.provider.htx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.AssetType;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketData.Listing;
import io.marketbrain.model.MarketData.OrderBook;
import io.marketbrain.model.MarketData.Quote;
import io.marketbrain.model.stream.StreamKind;
import io.marketbrain.provider.feed.FeedAdapter;
import io.marketbrain.provider.feed.FeedChannel;
import io.marketbrain.provider.feed.FeedJson;
import io.marketbrain.provider.feed.FeedPlayer;
import io.marketbrain.provider.feed.FeedSignal;
import io.marketbrain.provider.feed.GzipText;
import io.marketbrain.provider.feed.RecordedFrames;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** Messages that HTX sent. */
class HtxFeedTest {
    private static final StreamKind.Trades TRADES = new StreamKind.Trades();
    private static final StreamKind.Quotes QUOTES = new StreamKind.Quotes();

    private final FeedAdapter spot = HtxFeed.all().get(0);
    private final FeedAdapter linear = HtxFeed.all().get(1);
    private final FeedAdapter inverse = HtxFeed.all().get(2);

    private static FeedChannel swap(String base, String quote, String settle, StreamKind kind) {
        var instrument = new Instrument(AssetType.CRYPTO, base, quote, settle, null);
        return new FeedChannel(
                new Listing(instrument, (base + "-" + quote + ".p").toLowerCase(Locale.ROOT), "HTX", "UTC", quote),
                kind);
    }

    private static List<String> tradeIds(String name, String member) throws Exception {
        List<String> ids = new ArrayList<>();
        for (String text : RecordedFrames.texts(name)) {
            JsonValue json = FeedJson.parse(text);
            if (json.find("ch").isPresent() && json.at("ch").text().endsWith("trade.detail")) {
                List<String> inMessage = new ArrayList<>();
                for (JsonValue row : json.at("tick").at("data").items()) {
                    inMessage.add(row.at(member).text());
                }
                ids.addAll(inMessage.stream().sorted().toList()); // the newest come first
            }
        }
        return ids;
    }

    @Test
    void repeated_messages_change_nothing_and_after_a_break_the_last_trade_closes_the_gap() throws Exception {
        var player = new FeedPlayer(spot);
        String trades = player.listen(FeedPlayer.channel("ZEN", "ETH", "zeneth", TRADES));
        List<String> once = tradeIds("htx/zen-eth", "tradeId");
        List<String> messages = RecordedFrames.texts("htx/zen-eth").stream()
                .filter(text -> text.contains("trade.detail") && text.contains("tick"))
                .toList();
        for (String message : messages) {
            player.play(message);
            player.play(message);
        }
        player.disconnect();
        player.play(messages.getLast());
        assertThat(player.tradeIds(trades)).isEqualTo(once);
        assertThat(player.gaps(trades))
                .as("the last trade is sent again, so none is missing")
                .isZero();
        player.disconnect();
        player.play(messages.getLast().replaceAll("\"tradeId\":(\\d+)", "\"tradeId\":9$1"));
        assertThat(player.gaps(trades)).isOne();
    }

    @Test
    void quotes_books_and_bars_of_all_markets_are_read() throws Exception {
        var pair = new FeedPlayer(spot);
        String quotes = pair.listen(FeedPlayer.channel("ETH", "USDT", "ethusdt", QUOTES));
        String few = pair.listen(FeedPlayer.channel("ETH", "USDT", "ethusdt", new StreamKind.Book(5)));
        var swap = new FeedPlayer(linear);
        String swapQuotes = swap.listen(swap("ETH", "USDT", "USDT", QUOTES));
        String bars = swap.listen(swap("ETH", "USDT", "USDT", new StreamKind.Bars(Interval.M1)));
        for (String message : RecordedFrames.texts("htx/messages")) {
            pair.play(message);
            swap.play(message.replace("kline.1day", "kline.1min"));
        }
        Quote quote = (Quote) pair.newest(quotes);
        assertThat(quote.price()).isEqualTo("52735.63");
        assertThat(quote.askSize()).isEqualTo("0.583653");
        assertThat(quote.quoteVolume()).isEqualTo("687640987.4125315");
        assertThat(few).isEqualTo("market.ethusdt.mbp.refresh.20");
        assertThat(((OrderBook) pair.newest(few)).sequence()).isEqualTo(100_020_142_010L);
        Quote ofSwap = (Quote) swap.newest(swapQuotes);
        assertThat(ofSwap.bid()).isEqualTo("13071.9");
        assertThat(ofSwap.volume()).isEqualTo("30.316");
        assertThat(ofSwap.quoteVolume()).isEqualTo("395073.4918");
        Candle bar = ((Candles) swap.newest(bars)).candles().getFirst();
        assertThat(bar.volume()).isEqualTo("0.004");
        assertThat(bar.complete()).isFalse();
    }

    @Test
    void every_instrument_has_one_address_and_names_of_its_own() {
        FeedChannel pair = FeedPlayer.channel("BTC", "USDT", "btcusdt", TRADES);
        FeedChannel inQuote = swap("BTC", "USDT", "USDT", TRADES);
        FeedChannel inBase = swap("BTC", "USD", "BTC", TRADES);
        for (FeedChannel channel : List.of(pair, inQuote, inBase)) {
            assertThat(HtxFeed.all()).filteredOn(feed -> feed.carries(channel)).hasSize(1);
        }
        assertThat(spot.subscribe(List.of(pair)))
                .containsExactly("{\"sub\":\"market.btcusdt.trade.detail\",\"id\":\"market.btcusdt.trade.detail\"}");
        assertThat(linear.carries(inQuote)).isTrue();
        assertThat(linear.key(inQuote)).isEqualTo("market.BTC-USDT.trade.detail");
        assertThat(inverse.key(inBase)).isEqualTo("market.BTC-USD.trade.detail");
        assertThat(spot.carries(FeedPlayer.channel("BTC", "USDT", "btcusdt", new StreamKind.Bars(Interval.M1))))
                .isFalse();
    }

    @Test
    void pings_are_answered_and_refusals_name_their_channel() throws Exception {
        assertThat(spot.parse("{\"ping\":1618678073643}"))
                .containsExactly(new FeedSignal.Reply("{\"pong\":1618678073643}"));
        assertThat(spot.parse("{\"status\":\"error\",\"ts\":1489474081631,\"id\":\"market.no.ticker\","
                        + "\"err-code\":\"bad-request\",\"err-msg\":\"invalid topic market.no.ticker\"}"))
                .containsExactly(new FeedSignal.Refused("market.no.ticker", "invalid topic market.no.ticker", true));
    }

    private static byte[] gzip(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    @Test
    void a_compressed_message_is_read_within_a_bound_and_only_when_it_is_whole() throws Exception {
        byte[] message = gzip("{\"ping\":1}");
        assertThat(GzipText.of(message, 10)).isEqualTo("{\"ping\":1}");
        assertThatThrownBy(() -> GzipText.of(message, 9)).hasMessageContaining("more than 9 bytes");
        assertThatThrownBy(() -> spot.text(gzip("a".repeat(1024 * 1024 + 1)))).isInstanceOf(MalformedPayload.class);
        for (int cut = 0; cut < message.length; cut++) {
            byte[] part = Arrays.copyOf(message, cut);
            assertThatThrownBy(() -> spot.text(part)).isInstanceOf(MalformedPayload.class);
        }
        for (int at : new int[] {0, 3, 11, message.length - 8, message.length - 1}) {
            byte[] damaged = message.clone();
            damaged[at] ^= 0x41;
            assertThatThrownBy(() -> spot.text(damaged)).as("byte " + at).isInstanceOf(MalformedPayload.class);
        }
        assertThatThrownBy(() -> spot.text(Arrays.copyOf(message, message.length + 1)))
                .isInstanceOf(MalformedPayload.class);
    }
}
