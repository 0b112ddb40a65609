package io.marketbrain.provider.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.json.JsonValue;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketData.OrderBook;
import io.marketbrain.model.MarketData.Quote;
import io.marketbrain.model.MarketData.Side;
import io.marketbrain.model.MarketData.Trade;
import io.marketbrain.model.MarketData.Trades;
import io.marketbrain.model.stream.StreamKind;
import io.marketbrain.provider.bitget.BitgetFeed;
import io.marketbrain.provider.bybit.BybitFeed;
import io.marketbrain.provider.okx.OkxFeed;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Messages that OKX, Bybit and Bitget sent. */
class ChecksummedFeedsTest {
    private static final StreamKind.Book BOOK = new StreamKind.Book(10);

    /** Plays the messages about books and compares with a plain rebuild after each; how many there were. */
    private static int compareBooks(FeedPlayer player, String key, List<String> messages) throws Exception {
        NaiveBook bids = NaiveBook.bids();
        NaiveBook asks = NaiveBook.asks();
        int compared = 0;
        for (String message : messages) {
            player.play(message);
            JsonValue json = FeedJson.parse(message);
            if (json.find("action").isEmpty()
                    || !"books".equals(json.at("arg").at("channel").text())) {
                continue;
            }
            JsonValue data = json.at("data").at(0);
            for (JsonValue row : data.at("bids").items()) {
                bids.set(row.at(0).text(), row.at(1).text());
            }
            for (JsonValue row : data.at("asks").items()) {
                asks.set(row.at(0).text(), row.at(1).text());
            }
            OrderBook book = (OrderBook) player.newest(key);
            assertThat(book.bids()).isEqualTo(bids.best(10));
            assertThat(book.asks()).isEqualTo(asks.best(10));
            compared++;
        }
        return compared;
    }

    @Test
    void okxs_recorded_books_equal_a_plain_rebuild_and_their_checksums_are_right() throws Exception {
        FeedPlayer player = new FeedPlayer(new OkxFeed());
        String key = player.listen(FeedPlayer.channel("BTC", "USDT", "BTC-USDT", BOOK));
        List<String> messages = RecordedFrames.of("okx/btc-usdt").stream()
                .filter(message -> message.contains("\"instId\":\"BTC-USDT\"") && message.contains("books"))
                .toList();
        assertThat(compareBooks(player, key, messages)).isGreaterThan(50);
        assertThat(player.gaps(key)).isZero();
    }

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
    void bitgets_recorded_books_equal_a_plain_rebuild_and_their_checksums_are_right() throws Exception {
        FeedPlayer player = new FeedPlayer(new BitgetFeed());
        String key = player.listen(FeedPlayer.channel("AVAX", "USDT", "AVAXUSDT", BOOK));
        List<String> messages = RecordedFrames.of("bitget/avax-usdt").stream()
                .filter(message -> message.contains("\"channel\":\"books\""))
                .map(message -> message.replace("\"instType\":\"sp\"", "\"instType\":\"SPOT\""))
                .toList();
        assertThat(compareBooks(player, key, messages)).isGreaterThan(20);
        assertThat(player.resubscriptions()).as("wrong checksums").isZero();
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
}
