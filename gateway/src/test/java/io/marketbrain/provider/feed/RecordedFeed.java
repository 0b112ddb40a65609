package io.marketbrain.provider.feed;

import static io.marketbrain.provider.feed.PlainReadings.bitfinexBook;
import static io.marketbrain.provider.feed.PlainReadings.both;
import static io.marketbrain.provider.feed.PlainReadings.deribitBook;
import static io.marketbrain.provider.feed.PlainReadings.krakenBook;
import static io.marketbrain.provider.feed.PlainReadings.krakenTrades;
import static io.marketbrain.provider.feed.PlainReadings.kucoinBook;
import static io.marketbrain.provider.feed.PlainReadings.levels;
import static io.marketbrain.provider.feed.PlainReadings.mexcBook;
import static io.marketbrain.provider.feed.PlainReadings.mexcTrades;
import static io.marketbrain.provider.feed.PlainReadings.newestFirst;
import static io.marketbrain.provider.feed.PlainReadings.sides;
import static io.marketbrain.provider.feed.PlainReadings.snapshotOrUpdate;
import static io.marketbrain.provider.feed.PlainReadings.trade;
import static io.marketbrain.provider.feed.PlainReadings.trades;
import static io.marketbrain.provider.feed.PlainReadings.when;
import static io.marketbrain.provider.feed.PlainReadings.whole;
import static io.marketbrain.provider.feed.PlainReadings.wholly;

import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.stream.StreamKind;
import io.marketbrain.provider.binance.BinanceFeed;
import io.marketbrain.provider.binancefutures.BinanceFuturesFeed;
import io.marketbrain.provider.bitfinex.BitfinexFeed;
import io.marketbrain.provider.bitget.BitgetFeed;
import io.marketbrain.provider.bitstamp.BitstampFeed;
import io.marketbrain.provider.bybit.BybitFeed;
import io.marketbrain.provider.coinbase.CoinbaseFeed;
import io.marketbrain.provider.cryptocom.CryptocomFeed;
import io.marketbrain.provider.deribit.DeribitFeed;
import io.marketbrain.provider.gate.GateFeed;
import io.marketbrain.provider.gemini.GeminiFeed;
import io.marketbrain.provider.htx.HtxFeed;
import io.marketbrain.provider.hyperliquid.HyperliquidFeed;
import io.marketbrain.provider.kraken.KrakenFeed;
import io.marketbrain.provider.kucoin.KucoinFeed;
import io.marketbrain.provider.mexc.MexcFeed;
import io.marketbrain.provider.okx.OkxFeed;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A channel whose messages a provider sent, and how to read them plainly. Where a recording is older than what the provider sends
 * today, names in it are changed.
 *
 * @param before the number of the book that the changes continue, where it must be requested
 * @param noticed whether a message that is missing can be noticed, which needs numbers, checksums or whole books
 */
record RecordedFeed(
        String name,
        FeedAdapter adapter,
        FeedChannel channel,
        UnaryOperator<String> today,
        long before,
        boolean noticed,
        PlainFeed.Reading reading) {
    private static final StreamKind.Book BOOK = new StreamKind.Book(10);
    private static final StreamKind.Trades TRADES = new StreamKind.Trades();

    /** In place of Bitget's messages of other channels, whose form has changed. */
    private static final String SUBSCRIBED =
            "{\"event\":\"subscribe\",\"arg\":{\"instType\":\"SPOT\",\"channel\":\"books\",\"instId\":\"AVAXUSDT\"}}";

    private RecordedFeed(
            String name, FeedAdapter adapter, FeedChannel channel, boolean noticed, PlainFeed.Reading reading) {
        this(name, adapter, channel, UnaryOperator.identity(), -1, noticed, reading);
    }

    private RecordedFeed today(UnaryOperator<String> change) {
        return new RecordedFeed(name, adapter, channel, change, before, noticed, reading);
    }

    private RecordedFeed after(long number) {
        return new RecordedFeed(name, adapter, channel, today, number, noticed, reading);
    }

    /** The messages as they are sent. */
    List<FeedSocket.Message> messages() {
        return RecordedFrames.messages(name).stream()
                .map(message ->
                        message.text() == null ? message : new FeedSocket.Message(today.apply(message.text()), null))
                .toList();
    }

    PlainFeed plain() throws MalformedPayload {
        int depth = channel.kind() instanceof StreamKind.Book(int levels) ? levels : 0;
        return PlainFeed.of(RecordedFrames.texts(name).stream().map(today).toList(), reading, depth);
    }

    @Override
    public String toString() {
        return name + " " + channel.symbol() + " " + channel.kind().wire();
    }

    private static FeedChannel pair(String base, String quote, String symbol, StreamKind kind) {
        return FeedPlayer.channel(base, quote, symbol, kind);
    }

    static List<RecordedFeed> all() {
        return List.of(
                new RecordedFeed(
                                "binance/live-btc-eth",
                                new BinanceFeed(),
                                pair("BTC", "USDT", "BTCUSDT", BOOK),
                                true,
                                when("stream", "btcusdt@depth@100ms", levels("data.b", "data.a")))
                        .after(97_109_082_199L),
                new RecordedFeed(
                        "binance/live-btc-eth",
                        new BinanceFeed(),
                        pair("BTC", "USDT", "BTCUSDT", TRADES),
                        true,
                        when("stream", "btcusdt@trade", trade("data.t"))),
                new RecordedFeed(
                                "binancefutures/ctk-usdt",
                                BinanceFuturesFeed.all().getFirst(),
                                ctk(BOOK),
                                true,
                                when("data.e", "depthUpdate", levels("data.b", "data.a")))
                        .after(600_859_587_990L),
                new RecordedFeed(
                        "binancefutures/ctk-usdt",
                        BinanceFuturesFeed.all().get(1),
                        ctk(TRADES),
                        true,
                        when("data.e", "aggTrade", trade("data.l"))),
                new RecordedFeed(
                        "bitfinex/mixed",
                        new BitfinexFeed(),
                        pair("MANA", "BTC", "tMNABTC", BOOK),
                        true,
                        bitfinexBook("tMNABTC")),
                new RecordedFeed(
                                "bitget/avax-usdt",
                                new BitgetFeed(),
                                pair("AVAX", "USDT", "AVAXUSDT", BOOK),
                                true,
                                snapshotOrUpdate())
                        .today(text -> text.contains("\"books\"") ? text.replace("\"sp\"", "\"SPOT\"") : SUBSCRIBED),
                new RecordedFeed(
                                "bitget/messages",
                                new BitgetFeed(),
                                FeedPlayer.contract("BTC", "USDT", "USDT", null, "BTCUSDT.P", TRADES),
                                false,
                                when(
                                        "arg.channel",
                                        "trade",
                                        when("arg.instType", "USDT-FUTURES", newestFirst("data", "tradeId"))))
                        .today(text -> text.contains("\"trade\"") ? text : SUBSCRIBED),
                new RecordedFeed(
                        "bitstamp/batbtc-books",
                        new BitstampFeed(),
                        pair("BAT", "BTC", "batbtc", BOOK),
                        true,
                        when("event", "data", whole("data.bids", "data.asks"))),
                new RecordedFeed(
                        "bitstamp/ethusd-trades",
                        new BitstampFeed(),
                        pair("ETH", "USD", "ethusd", TRADES),
                        false,
                        when("event", "trade", trade("data.id"))),
                new RecordedFeed(
                        "bybit/trades",
                        BybitFeed.all().getFirst(),
                        pair("BTC", "USDT", "BTCUSDT", TRADES),
                        false,
                        when("topic", "publicTrade.BTCUSDT", trades("data", "i"))),
                new RecordedFeed(
                                "bybit/trades",
                                BybitFeed.all().getFirst(),
                                pair("BTC", "USDT", "BTCUSDT", BOOK),
                                true,
                                when("topic", "orderbook.200.BTCUSDT", levels("data.b", "data.a")))
                        .today(text -> text.replace("orderbook.50.", "orderbook.200.")),
                new RecordedFeed(
                        "coinbase/dash-btc",
                        new CoinbaseFeed(),
                        pair("DASH", "BTC", "DASH-BTC", BOOK),
                        false,
                        both(
                                when("type", "snapshot", levels("bids", "asks")),
                                when("type", "l2update", sides("changes")))),
                new RecordedFeed(
                        "coinbase/dash-btc",
                        new CoinbaseFeed(),
                        pair("DASH", "BTC", "DASH-BTC", TRADES),
                        true,
                        both(when("type", "match", trade("trade_id")), when("type", "last_match", trade("trade_id")))),
                new RecordedFeed(
                        "cryptocom/book-documented",
                        new CryptocomFeed(),
                        pair("BTC", "USDT", "BTC_USDT", BOOK),
                        true,
                        both(
                                when("result.channel", "book", whole("result.data.0.bids", "result.data.0.asks")),
                                when(
                                        "result.channel",
                                        "book.update",
                                        levels("result.data.0.update.bids", "result.data.0.update.asks")))),
                new RecordedFeed(
                        "cryptocom/live",
                        new CryptocomFeed(),
                        pair("BTC", "USD", "BTC_USD", TRADES),
                        false,
                        when("result.subscription", "trade.BTC_USD", newestFirst("result.data", "d"))),
                new RecordedFeed(
                                "deribit/btc-24sep21-8000-p",
                                new DeribitFeed(),
                                FeedPlayer.contract("BTC", "USD", "BTC", null, "BTC-24SEP21-8000-P", BOOK),
                                true,
                                deribitBook("book.BTC-24SEP21-8000-P.100ms"))
                        .today(text -> text.replace(".raw\"", ".100ms\"")),
                new RecordedFeed(
                                "deribit/messages",
                                new DeribitFeed(),
                                FeedPlayer.contract("BTC", "USD", "BTC", null, "BTC-PERPETUAL", TRADES),
                                true,
                                when("params.channel", "trades.BTC-PERPETUAL.100ms", trades("params.data", "trade_id")))
                        .today(text -> text.contains("\"trade_seq\"") ? text : "{\"result\":\"ok\"}"),
                new RecordedFeed(
                                "gate/neo-btc",
                                new GateFeed(),
                                pair("NEO", "BTC", "NEO_BTC", BOOK),
                                true,
                                when(
                                        "channel",
                                        "spot.order_book_update",
                                        when("event", "update", levels("result.b", "result.a"))))
                        .after(31_244_060),
                new RecordedFeed(
                        "gate/neo-btc",
                        new GateFeed(),
                        pair("NEO", "BTC", "NEO_BTC", TRADES),
                        false,
                        when("channel", "spot.trades", when("event", "update", trade("result.id")))),
                new RecordedFeed(
                        "gemini/filusd",
                        new GeminiFeed(),
                        pair("FIL", "USD", "filusd", BOOK),
                        false,
                        when("type", "l2_updates", sides("changes"))),
                new RecordedFeed(
                        "gemini/filusd",
                        new GeminiFeed(),
                        pair("FIL", "USD", "filusd", TRADES),
                        false,
                        both(newestFirst("trades", "event_id"), when("type", "trade", trade("event_id")))),
                new RecordedFeed(
                        "htx/zen-eth",
                        HtxFeed.all().getFirst(),
                        pair("ZEN", "ETH", "zeneth", new StreamKind.Book(150)),
                        true,
                        when("ch", "market.zeneth.depth.step0", whole("tick.bids", "tick.asks"))),
                new RecordedFeed(
                        "htx/zen-eth",
                        HtxFeed.all().getFirst(),
                        pair("ZEN", "ETH", "zeneth", TRADES),
                        false,
                        when("ch", "market.zeneth.trade.detail", newestFirst("tick.data", "tradeId"))),
                new RecordedFeed(
                        "htx/atom-usd-swap",
                        HtxFeed.all().getLast(),
                        atom(new StreamKind.Book(150)),
                        true,
                        when("ch", "market.ATOM-USD.depth.step0", whole("tick.bids", "tick.asks"))),
                new RecordedFeed(
                        "htx/atom-usd-swap",
                        HtxFeed.all().getLast(),
                        atom(TRADES),
                        false,
                        when("ch", "market.ATOM-USD.trade.detail", newestFirst("tick.data", "id"))),
                new RecordedFeed(
                                "hyperliquid/testnet",
                                new HyperliquidFeed(),
                                coin("BTC", BOOK),
                                true,
                                when("channel", "l2Book", wholly(levels("data.levels.0", "data.levels.1", "px", "sz"))))
                        .today(text -> text.contains("noSuchType") ? "{\"channel\":\"pong\"}" : text),
                new RecordedFeed(
                        "hyperliquid/messages",
                        new HyperliquidFeed(),
                        coin("HYPE", TRADES),
                        false,
                        when("channel", "trades", trades("data", "tid"))),
                new RecordedFeed(
                        "kraken/live-btc-eth",
                        new KrakenFeed(10),
                        pair("BTC", "USD", "XBTUSD", BOOK),
                        true,
                        krakenBook("BTC/USD")),
                new RecordedFeed(
                        "kraken/live-btc-eth",
                        new KrakenFeed(10),
                        pair("ETH", "USD", "ETHUSD", BOOK),
                        true,
                        krakenBook("ETH/USD")),
                new RecordedFeed(
                        "kraken/live-btc-eth",
                        new KrakenFeed(10),
                        pair("ETH", "USD", "ETHUSD", TRADES),
                        true,
                        krakenTrades("ETH/USD")),
                new RecordedFeed(
                                "kucoin/fet-btc",
                                new KucoinFeed(),
                                pair("FET", "BTC", "FET-BTC", BOOK),
                                true,
                                kucoinBook("/market/level2:FET-BTC"))
                        .after(1_612_712_745_580L),
                new RecordedFeed(
                        "kucoin/fet-btc",
                        new KucoinFeed(),
                        pair("FET", "BTC", "FET-BTC", TRADES),
                        false,
                        when("topic", "/market/match:FET-BTC", when("type", "message", trade("data.sequence")))),
                new RecordedFeed(
                                "mexc/spot-documented",
                                MexcFeed.all().getFirst(),
                                pair("BTC", "USDT", "BTCUSDT", BOOK),
                                true,
                                mexcBook())
                        .after(10_589_632_358L),
                new RecordedFeed(
                        "mexc/spot-documented",
                        MexcFeed.all().getFirst(),
                        pair("BTC", "USDT", "BTCUSDT", TRADES),
                        false,
                        mexcTrades()),
                new RecordedFeed(
                        "okx/btc-usdt",
                        OkxFeed.all().getFirst(),
                        pair("BTC", "USDT", "BTC-USDT", BOOK),
                        true,
                        snapshotOrUpdate()),
                new RecordedFeed(
                        "okx/btc-usdt",
                        OkxFeed.all().getFirst(),
                        pair("BTC", "USDT", "BTC-USDT", TRADES),
                        false,
                        when("arg.channel", "trades", trades("data", "tradeId"))));
    }

    private static FeedChannel ctk(StreamKind kind) {
        return FeedPlayer.contract("CTK", "USDT", "USDT", null, "CTKUSDT", kind);
    }

    private static FeedChannel atom(StreamKind kind) {
        return FeedPlayer.contract("ATOM", "USD", "ATOM", null, "ATOM-USD", kind);
    }

    private static FeedChannel coin(String coin, StreamKind kind) {
        return FeedPlayer.contract(coin, "USDC", "USDC", null, coin, kind);
    }
}
