package io.marketbrain.provider.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketData.OrderBook;
import io.marketbrain.model.MarketData.Quote;
import io.marketbrain.model.MarketData.Side;
import io.marketbrain.model.MarketData.Trade;
import io.marketbrain.model.MarketData.Trades;
import io.marketbrain.model.stream.StreamKind;
import io.marketbrain.provider.bybit.BybitFeed;
import io.marketbrain.provider.okx.OkxFeed;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Messages that OKX, Bybit and Bitget sent. */
class ChecksummedFeedsTest {
    private static final StreamKind.Book BOOK = new StreamKind.Book(10);

    @Test
    void a_change_of_okxs_book_that_is_left_out_is_noticed_by_its_number() throws Exception {
        FeedPlayer player = new FeedPlayer(new OkxFeed());
        String key = player.listen(FeedPlayer.channel("BTC", "USDT", "BTC-USDT", BOOK));
        String head = "{\"arg\":{\"channel\":\"books\",\"instId\":\"BTC-USDT\"},\"action\":";
        player.play(head
                + "\"snapshot\",\"data\":[{\"bids\":[[\"10\",\"1\",\"0\",\"1\"]],\"asks\":[[\"11\",\"1\",\"0\",\"1\"]],"
                + "\"ts\":\"1652459225464\",\"checksum\":0,\"seqId\":10,\"prevSeqId\":-1}]}");
        player.play(head + "\"update\",\"data\":[{\"bids\":[[\"10\",\"2\",\"0\",\"1\"]],\"asks\":[],"
                + "\"ts\":\"1652459225564\",\"checksum\":0,\"seqId\":15,\"prevSeqId\":10}]}");
        assertThat(((OrderBook) player.newest(key)).bids().getFirst().size()).isEqualTo("2");
        player.play(head + "\"update\",\"data\":[{\"bids\":[[\"10\",\"3\",\"0\",\"1\"]],\"asks\":[],"
                + "\"ts\":\"1652459225664\",\"checksum\":0,\"seqId\":20,\"prevSeqId\":17}]}");
        assertThat(player.data(key))
                .as("nothing is said of a book that lacks a change")
                .hasSize(2);
    }

    @Test
    void okxs_trades_and_quotes_are_read() throws Exception {
        FeedPlayer player = new FeedPlayer(new OkxFeed());
        String trades = player.listen(FeedPlayer.channel("BTC", "USDT", "BTC-USDT", new StreamKind.Trades()));
        String quotes = player.listen(FeedPlayer.channel("BTC", "USDT", "BTC-USDT", new StreamKind.Quotes()));
        for (String message : RecordedFrames.of("okx/btc-usdt")) {
            player.play(message);
        }
        List<Trade> all = player.data(trades).stream()
                .flatMap(data -> ((Trades) data).trades().stream())
                .toList();
        assertThat(all).isNotEmpty().doesNotHaveDuplicates();
        assertThat(((Quote) player.newest(quotes)).volume()).isNotNull();
    }

    @Test
    void bybits_books_trades_and_bars_are_read() throws Exception {
        FeedPlayer player = new FeedPlayer(BybitFeed.all().getFirst());
        String book = player.listen(FeedPlayer.channel("BTC", "USDT", "BTCUSDT", BOOK));
        String trades = player.listen(FeedPlayer.channel("BTC", "USDT", "BTCUSDT", new StreamKind.Trades()));
        String bars = player.listen(FeedPlayer.channel("BTC", "USDT", "BTCUSDT", new StreamKind.Bars(Interval.M5)));
        List<String> messages = RecordedFrames.of("bybit/messages").stream()
                .filter(message -> !message.contains("Invalid topic"))
                .map(message -> message.replace("orderbook.1.", "orderbook.200."))
                .sorted(Comparator.comparing(message -> message.contains("\"delta\""))) // the snapshot first
                .toList();
        for (String message : messages) {
            player.play(message);
        }
        OrderBook newest = (OrderBook) player.newest(book);
        assertThat(newest.bids().getFirst().size()).isEqualTo("0.400");
        assertThat(newest.asks().getFirst().price()).isEqualTo("27451.50");
        assertThat(((Candles) player.newest(bars)).candles().getFirst().complete())
                .isFalse();
        for (String message : RecordedFrames.of("bybit/trades")) {
            player.play(message);
        }
        Trade trade = ((Trades) player.newest(trades)).trades().getFirst();
        assertThat(trade.side()).isEqualTo(Side.BUY);
        assertThat(trade.price()).isEqualTo("16578.50");
    }

    private static String firstLevel(String bids, String asks) {
        return "{\"topic\":\"orderbook.1.BTCUSDT\",\"type\":\"snapshot\",\"ts\":1715742949290,\"data\":{\"s\":\"BTCUSDT\",\"b\":["
                + bids + "],\"a\":[" + asks + "],\"u\":7961638724,\"seq\":7}}";
    }

    private static String ticker(String price) {
        return "{\"topic\":\"tickers.BTCUSDT\",\"type\":\"snapshot\",\"ts\":1715742949283,\"cs\":2588407389,\"data\":{"
                + "\"symbol\":\"BTCUSDT\",\"lastPrice\":\"" + price + "\",\"highPrice24h\":\"21426.99\","
                + "\"lowPrice24h\":\"20575\",\"prevPrice24h\":\"20704.93\",\"volume24h\":\"6780.866843\","
                + "\"turnover24h\":\"141946527.22907118\",\"price24hPcnt\":\"0.0196\",\"usdIndexPrice\":\"21120.2\"}}";
    }

    @Test
    void a_quote_of_bybits_spot_pairs_joins_the_ticker_and_the_first_level_of_the_book() throws Exception {
        FeedAdapter spot = BybitFeed.all().getFirst();
        FeedChannel quotes = FeedPlayer.channel("BTC", "USDT", "BTCUSDT", new StreamKind.Quotes());
        assertThat(spot.subscribe(List.of(quotes)))
                .containsExactly("{\"op\":\"subscribe\",\"args\":[\"tickers.BTCUSDT\",\"orderbook.1.BTCUSDT\"]}");
        FeedPlayer player = new FeedPlayer(spot);
        String key = player.listen(quotes);
        player.play(firstLevel("[\"21109.5\",\"0.4\"]", "[\"21110\",\"2\"]"));
        assertThat(player.data(key)).as("a quote has a price").isEmpty();
        player.play(ticker("21109.77"));
        player.play(firstLevel("[\"21109.6\",\"0.3\"]", "[\"21110\",\"2\"]"));
        player.play(ticker("21109.78"));
        Quote quote = (Quote) player.newest(key);
        assertThat(quote.price()).isEqualTo("21109.78");
        assertThat(quote.bid()).isEqualTo("21109.6");
        assertThat(quote.bidSize()).isEqualTo("0.3");
        assertThat(quote.ask()).isEqualTo("21110");
        assertThat(quote.volume()).isEqualTo("6780.866843");
        assertThat(player.data(key)).hasSize(3);
        player.play(firstLevel("", "[\"21110\",\"2\"]"));
        Quote oneSided = (Quote) player.newest(key);
        assertThat(oneSided.bid()).as("nobody bids any more").isNull();
        assertThat(oneSided.price()).isEqualTo("21109.78");
        assertThat(oneSided.volume()).isEqualTo("6780.866843");
        player.play(ticker("21109.79"));
        assertThat(((Quote) player.newest(key)).bid()).isNull();
    }

    @Test
    void bybit_refuses_a_quote_with_the_first_level_of_its_book() throws Exception {
        assertThat(
                        BybitFeed.all()
                                .getFirst()
                                .parse(
                                        "{\"success\":false,\"ret_msg\":\"Invalid symbol :[orderbook.1.BTCUSDX]\",\"op\":\"subscribe\"}"))
                .containsExactly(
                        new FeedSignal.Refused("tickers.BTCUSDX", "Invalid symbol :[orderbook.1.BTCUSDX]", true));
    }
}
