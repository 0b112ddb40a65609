package io.marketbrain.provider.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketData.OrderBook;
import io.marketbrain.model.MarketData.Quote;
import io.marketbrain.model.stream.StreamKind;
import io.marketbrain.provider.bitget.BitgetFeed;
import io.marketbrain.provider.bybit.BybitFeed;
import io.marketbrain.provider.htx.HtxFeed;
import io.marketbrain.provider.okx.OkxFeed;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Swaps and futures of providers that also have spot pairs. */
class ContractFeedsTest {
    private static final StreamKind.Quotes QUOTES = new StreamKind.Quotes();
    private static final StreamKind.Trades TRADES = new StreamKind.Trades();
    private static final StreamKind.Bars BARS = new StreamKind.Bars(Interval.M5);
    private static final StreamKind.Book BOOK = new StreamKind.Book(10);

    private final FeedAdapter linear = BybitFeed.all().get(1);
    private final FeedAdapter inverse = BybitFeed.all().get(2);

    private static FeedChannel swap(String quote, String settle, String symbol, StreamKind kind) {
        return FeedPlayer.contract("BTC", quote, settle, null, symbol, kind);
    }

    @Test
    void swaps_of_bitget_are_subscribed_to_by_its_own_symbols() {
        var bitget = new BitgetFeed();
        assertThat(bitget.subscribe(List.of(swap("USDT", "USDT", "BTCUSDT.P", TRADES))))
                .containsExactly("{\"op\":\"subscribe\",\"args\":[{\"instType\":\"USDT-FUTURES\","
                        + "\"channel\":\"trade\",\"instId\":\"BTCUSDT\"}]}");
        assertThat(bitget.key(swap("USDT", "USDT", "BTCUSDT.P", TRADES))).isEqualTo("USDT-FUTURES trade BTCUSDT");
        assertThat(bitget.key(swap("USD", "BTC", "BTCUSD", TRADES))).isEqualTo("COIN-FUTURES trade BTCUSD");
        assertThat(bitget.key(FeedPlayer.channel("BTC", "USDT", "BTCUSDT", TRADES)))
                .isEqualTo("SPOT trade BTCUSDT");
    }

    @Test
    void dated_futures_and_swaps_in_usdc_are_subscribed_to_by_their_own_symbols() {
        LocalDate day = LocalDate.of(2026, 3, 27);
        assertThat(linear.key(swap("USDC", "USDC", "BTCPERP", TRADES))).isEqualTo("publicTrade.BTCPERP");
        assertThat(linear.key(FeedPlayer.contract("BTC", "USDT", "USDT", day, "BTCUSDT-27MAR26", TRADES)))
                .isEqualTo("publicTrade.BTCUSDT-27MAR26");
        assertThat(inverse.key(FeedPlayer.contract("BTC", "USD", "BTC", day, "BTCUSDH26", TRADES)))
                .isEqualTo("publicTrade.BTCUSDH26");
        assertThat(new BitgetFeed().key(swap("USDC", "USDC", "BTCPERP", TRADES)))
                .isEqualTo("USDC-FUTURES trade BTCPERP");
        assertThat(new BitgetFeed().key(FeedPlayer.contract("BTC", "USD", "BTC", day, "BTCUSDH26", TRADES)))
                .isEqualTo("COIN-FUTURES trade BTCUSDH26");
        FeedChannel linearDay = FeedPlayer.contract("BTC", "USDT", "USDT", day, "btc-usdt-260327", QUOTES);
        FeedChannel inverseDay = FeedPlayer.contract("BTC", "USD", "BTC", day, "btc260327", QUOTES);
        assertThat(HtxFeed.all())
                .filteredOn(feed -> feed.carries(linearDay))
                .extracting(feed -> feed.key(linearDay))
                .containsExactly("market.BTC-USDT-260327.detail");
        assertThat(HtxFeed.all())
                .as("the perpetual swap is another instrument")
                .noneMatch(feed -> feed.carries(inverseDay));
        var rolling = new Instrument(AssetType.CRYPTO, "BTC", "USD", "BTC", null, null, "CW");
        FeedChannel inverseRolling = FeedPlayer.channel(rolling, "btc_cw", QUOTES);
        assertThat(HtxFeed.all()).noneMatch(feed -> feed.carries(inverseRolling));
    }

    @Test
    void a_refused_topic_of_a_dated_future_is_that_of_its_channel() throws Exception {
        assertThat(linear.parse(
                        "{\"success\":false,\"ret_msg\":\"error:handler not found,topic:orderbook.200.BTCUSDT-27MAR26\","
                                + "\"conn_id\":\"x\",\"op\":\"subscribe\"}"))
                .singleElement()
                .isInstanceOfSatisfying(
                        FeedSignal.Refused.class,
                        refused -> assertThat(refused.key()).isEqualTo("orderbook.200.BTCUSDT-27MAR26"));
    }

    @Test
    void every_channel_of_bybit_has_one_address() {
        for (StreamKind kind : List.of(QUOTES, TRADES, BARS, BOOK)) {
            for (FeedChannel channel : List.of(
                    FeedPlayer.channel("BTC", "USDT", "BTCUSDT", kind),
                    swap("USDT", "USDT", "BTCUSDT.P", kind),
                    swap("USD", "BTC", "BTCUSD", kind))) {
                assertThat(BybitFeed.all())
                        .filteredOn(feed -> feed.carries(channel))
                        .hasSize(1);
            }
        }
        assertThat(linear.subscribe(List.of(swap("USDT", "USDT", "BTCUSDT.P", QUOTES))))
                .containsExactly("{\"op\":\"subscribe\",\"args\":[\"tickers.BTCUSDT\"]}");
        assertThat(linear.terms().base()).isEqualTo("wss://stream.bybit.com/v5/public/linear");
    }

    @Test
    void quotes_of_bybits_swaps_keep_what_a_change_does_not_name() throws Exception {
        var player = new FeedPlayer(linear);
        String key = player.listen(swap("USDT", "USDT", "BTCUSDT.P", QUOTES));
        var coin = new FeedPlayer(inverse);
        String coinKey = coin.listen(swap("USD", "BTC", "BTCUSD", QUOTES));
        for (String message : RecordedFrames.of("bybit/tickers")) {
            player.play(message);
            coin.play(message);
        }
        Quote quote = (Quote) player.newest(key);
        assertThat(quote.price()).isEqualTo("61874.00");
        assertThat(quote.bid()).as("changed").isEqualTo("61873.90");
        assertThat(quote.bidSize()).as("changed").isEqualTo("3.543");
        assertThat(quote.open()).isEqualTo("62484.60");
        assertThat(player.data(key)).hasSize(2);
        Quote ofCoin = (Quote) coin.newest(coinKey);
        assertThat(ofCoin.bid()).as("changed").isEqualTo("61891.50");
        assertThat(ofCoin.volume()).as("in the base").isLessThan(ofCoin.quoteVolume());
    }

    @Test
    void books_trades_and_bars_of_bybits_swaps_are_read() throws Exception {
        var player = new FeedPlayer(linear);
        String book = player.listen(swap("USDT", "USDT", "BTCUSDT.P", BOOK));
        String trades = player.listen(swap("USDT", "USDT", "BTCUSDT.P", TRADES));
        String bars = player.listen(swap("USDT", "USDT", "BTCUSDT.P", BARS));
        var coin = new FeedPlayer(inverse);
        String coinBars = coin.listen(swap("USD", "BTC", "BTCUSD", BARS));
        List<String> messages = RecordedFrames.of("bybit/messages").stream()
                .filter(message -> !message.contains("Invalid topic"))
                .map(message -> message.replace("orderbook.1.", "orderbook.200."))
                .sorted(Comparator.comparing(message -> message.contains("\"delta\""))) // the snapshot first
                .toList();
        for (String message : messages) {
            player.play(message);
            coin.play(message.replace("kline.5.BTCUSDT", "kline.5.BTCUSD"));
        }
        for (String message : RecordedFrames.of("bybit/trades")) {
            player.play(message);
        }
        assertThat(((OrderBook) player.newest(book)).sequence()).isEqualTo(123_456_790L);
        assertThat(player.tradeIds(trades)).contains("20f43950-d8dd-5b31-9112-a178eb6023af");
        Candle bar = ((Candles) player.newest(bars)).candles().getFirst();
        assertThat(bar.volume()).isEqualTo("2.081");
        Candle ofCoin = ((Candles) coin.newest(coinBars)).candles().getFirst();
        assertThat(ofCoin.volume()).as("in the base").isEqualTo("34666.4005");
    }

    private static String bar(String symbol, String confirmed) {
        return "{\"arg\":{\"channel\":\"candle5m\",\"instId\":\"" + symbol
                + "\"},\"data\":[[\"1597026383085\",\"8533.02\","
                + "\"8553.74\",\"8527.17\",\"8548.26\",\"45247\",\"529.5858061\",\"5529.5858061\",\"" + confirmed
                + "\"]]}";
    }

    @Test
    void bars_of_okx_come_from_an_address_of_their_own_with_volumes_in_the_base() throws Exception {
        FeedAdapter candles = OkxFeed.all().getLast();
        FeedChannel pair = FeedPlayer.channel("BTC", "USDT", "BTC-USDT", BARS);
        FeedChannel swap = swap("USDT", "USDT", "BTC-USDT-SWAP", BARS);
        for (FeedChannel channel : List.of(pair, swap)) {
            assertThat(OkxFeed.all())
                    .filteredOn(feed -> feed.carries(channel))
                    .extracting(feed -> feed.terms().base())
                    .containsExactly("wss://ws.okx.com:8443/ws/v5/business");
        }
        var player = new FeedPlayer(candles);
        String pairKey = player.listen(pair);
        String swapKey = player.listen(swap);
        player.play(bar("BTC-USDT", "0"));
        player.play(bar("BTC-USDT-SWAP", "1"));
        Candle ofPair = ((Candles) player.newest(pairKey)).candles().getFirst();
        Candle ofSwap = ((Candles) player.newest(swapKey)).candles().getFirst();
        assertThat(ofPair.volume()).isEqualTo("45247");
        assertThat(ofPair.complete()).isFalse();
        assertThat(ofSwap.volume()).isEqualTo("529.5858061");
        assertThat(ofSwap.quoteVolume()).isEqualTo("5529.5858061");
        assertThat(ofSwap.complete()).isTrue();
        assertThat(candles.parse("{\"event\":\"error\",\"code\":\"60018\",\"msg\":"
                        + "\"Wrong URL or channel:candle5m,instId:NO-USDT doesn't exist.\"}"))
                .containsExactly(new FeedSignal.Refused(
                        "candle5m NO-USDT", "Wrong URL or channel:candle5m,instId:NO-USDT doesn't exist.", true));
    }
}
