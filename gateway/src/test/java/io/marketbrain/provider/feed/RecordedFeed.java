package io.marketbrain.provider.feed;

import io.marketbrain.json.JsonValue;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    private static boolean is(JsonValue json, String member, String text) throws MalformedPayload {
        return json.find(member).isPresent() && text.equals(json.at(member).text());
    }

    static List<RecordedFeed> all() {
        return List.of(
                new RecordedFeed(
                                "binance/live-btc-eth",
                                new BinanceFeed(),
                                pair("BTC", "USDT", "BTCUSDT", BOOK),
                                true,
                                (json, plain) -> {
                                    if (is(json, "stream", "btcusdt@depth@100ms")) {
                                        plain.rows(
                                                json.at("data").at("b"),
                                                json.at("data").at("a"));
                                        plain.book();
                                    }
                                })
                        .after(97_109_082_199L),
                new RecordedFeed(
                        "binance/live-btc-eth",
                        new BinanceFeed(),
                        pair("BTC", "USDT", "BTCUSDT", TRADES),
                        true,
                        (json, plain) -> {
                            if (is(json, "stream", "btcusdt@trade")) {
                                plain.trade(json.at("data").at("t").text());
                            }
                        }),
                new RecordedFeed(
                                "binancefutures/ctk-usdt",
                                BinanceFuturesFeed.all().getFirst(),
                                ctk(BOOK),
                                true,
                                (json, plain) -> {
                                    if (is(json.at("data"), "e", "depthUpdate")) {
                                        plain.rows(
                                                json.at("data").at("b"),
                                                json.at("data").at("a"));
                                        plain.book();
                                    }
                                })
                        .after(600_859_587_990L),
                new RecordedFeed(
                        "binancefutures/ctk-usdt",
                        BinanceFuturesFeed.all().get(1),
                        ctk(TRADES),
                        true,
                        (json, plain) -> {
                            if (is(json.at("data"), "e", "aggTrade")) {
                                plain.trade(json.at("data").at("l").text());
                            }
                        }),
                new RecordedFeed(
                        "bitfinex/mixed",
                        new BitfinexFeed(),
                        pair("MANA", "BTC", "tMNABTC", BOOK),
                        true,
                        RecordedFeed::bitfinex),
                new RecordedFeed(
                                "bitget/avax-usdt",
                                new BitgetFeed(),
                                pair("AVAX", "USDT", "AVAXUSDT", BOOK),
                                true,
                                RecordedFeed::books)
                        .today(text -> text.contains("\"books\"") ? text.replace("\"sp\"", "\"SPOT\"") : SUBSCRIBED),
                new RecordedFeed(
                                "bitget/messages",
                                new BitgetFeed(),
                                FeedPlayer.contract("BTC", "USDT", "USDT", null, "BTCUSDT.P", TRADES),
                                false,
                                (json, plain) -> {
                                    if (json.find("data").isPresent()
                                            && is(json.at("arg"), "channel", "trade")
                                            && is(json.at("arg"), "instType", "USDT-FUTURES")) {
                                        plain.trades(json.at("data").items().reversed(), "tradeId");
                                    }
                                })
                        .today(text -> text.contains("\"trade\"") ? text : SUBSCRIBED),
                new RecordedFeed(
                        "bitstamp/batbtc-books",
                        new BitstampFeed(),
                        pair("BAT", "BTC", "batbtc", BOOK),
                        true,
                        (json, plain) -> {
                            if (is(json, "event", "data")) {
                                plain.start();
                                plain.rows(
                                        json.at("data").at("bids"),
                                        json.at("data").at("asks"));
                                plain.book();
                            }
                        }),
                new RecordedFeed(
                        "bitstamp/ethusd-trades",
                        new BitstampFeed(),
                        pair("ETH", "USD", "ethusd", TRADES),
                        false,
                        (json, plain) -> {
                            if (is(json, "event", "trade")) {
                                plain.trade(json.at("data").at("id").text());
                            }
                        }),
                new RecordedFeed(
                        "bybit/trades",
                        BybitFeed.all().getFirst(),
                        pair("BTC", "USDT", "BTCUSDT", TRADES),
                        false,
                        (json, plain) -> {
                            if (is(json, "topic", "publicTrade.BTCUSDT")) {
                                plain.trades(json.at("data").items(), "i");
                            }
                        }),
                new RecordedFeed(
                                "bybit/trades",
                                BybitFeed.all().getFirst(),
                                pair("BTC", "USDT", "BTCUSDT", BOOK),
                                true,
                                (json, plain) -> {
                                    if (is(json, "topic", "orderbook.200.BTCUSDT")) {
                                        plain.rows(
                                                json.at("data").at("b"),
                                                json.at("data").at("a"));
                                        plain.book();
                                    }
                                })
                        .today(text -> text.replace("orderbook.50.", "orderbook.200.")),
                new RecordedFeed(
                        "coinbase/dash-btc",
                        new CoinbaseFeed(),
                        pair("DASH", "BTC", "DASH-BTC", BOOK),
                        false,
                        (json, plain) -> {
                            if (is(json, "type", "snapshot")) {
                                plain.rows(json.at("bids"), json.at("asks"));
                                plain.book();
                            } else if (is(json, "type", "l2update")) {
                                for (JsonValue row : json.at("changes").items()) {
                                    plain.set(
                                            is(row, 0, "buy"),
                                            row.at(1).text(),
                                            row.at(2).text());
                                }
                                plain.book();
                            }
                        }),
                new RecordedFeed(
                        "coinbase/dash-btc",
                        new CoinbaseFeed(),
                        pair("DASH", "BTC", "DASH-BTC", TRADES),
                        true,
                        (json, plain) -> {
                            if (is(json, "type", "match") || is(json, "type", "last_match")) {
                                plain.trade(json.at("trade_id").text());
                            }
                        }),
                new RecordedFeed(
                        "cryptocom/book-documented",
                        new CryptocomFeed(),
                        pair("BTC", "USDT", "BTC_USDT", BOOK),
                        true,
                        (json, plain) -> {
                            JsonValue data = json.at("result").at("data").at(0);
                            boolean whole = is(json.at("result"), "channel", "book");
                            if (whole) {
                                plain.start();
                            }
                            JsonValue rows = whole ? data : data.at("update");
                            plain.rows(rows.at("bids"), rows.at("asks"));
                            plain.book();
                        }),
                new RecordedFeed(
                        "cryptocom/live",
                        new CryptocomFeed(),
                        pair("BTC", "USD", "BTC_USD", TRADES),
                        false,
                        (json, plain) -> {
                            if (json.find("result").isPresent()
                                    && is(json.at("result"), "subscription", "trade.BTC_USD")) {
                                plain.trades(
                                        json.at("result").at("data").items().reversed(), "d");
                            }
                        }),
                new RecordedFeed(
                                "deribit/btc-24sep21-8000-p",
                                new DeribitFeed(),
                                FeedPlayer.contract("BTC", "USD", "BTC", null, "BTC-24SEP21-8000-P", BOOK),
                                true,
                                (json, plain) -> {
                                    if (json.find("params").isEmpty()
                                            || !is(json.at("params"), "channel", "book.BTC-24SEP21-8000-P.100ms")) {
                                        return;
                                    }
                                    for (String side : List.of("bids", "asks")) {
                                        for (JsonValue row : json.at("params")
                                                .at("data")
                                                .at(side)
                                                .items()) {
                                            plain.set(
                                                    "bids".equals(side),
                                                    row.at(1).text(),
                                                    row.at(2).text());
                                        }
                                    }
                                    plain.book();
                                })
                        .today(text -> text.replace(".raw\"", ".100ms\"")),
                new RecordedFeed(
                                "deribit/messages",
                                new DeribitFeed(),
                                FeedPlayer.contract("BTC", "USD", "BTC", null, "BTC-PERPETUAL", TRADES),
                                true,
                                (json, plain) -> {
                                    if (json.find("params").isPresent()
                                            && is(json.at("params"), "channel", "trades.BTC-PERPETUAL.100ms")) {
                                        plain.trades(
                                                json.at("params").at("data").items(), "trade_id");
                                    }
                                })
                        .today(text -> text.contains("\"trade_seq\"") ? text : "{\"result\":\"ok\"}"),
                new RecordedFeed(
                                "gate/neo-btc",
                                new GateFeed(),
                                pair("NEO", "BTC", "NEO_BTC", BOOK),
                                true,
                                (json, plain) -> {
                                    if (is(json, "channel", "spot.order_book_update") && is(json, "event", "update")) {
                                        plain.rows(
                                                json.at("result").at("b"),
                                                json.at("result").at("a"));
                                        plain.book();
                                    }
                                })
                        .after(31_244_060),
                new RecordedFeed(
                        "gate/neo-btc", new GateFeed(), pair("NEO", "BTC", "NEO_BTC", TRADES), false, (json, plain) -> {
                            if (is(json, "channel", "spot.trades") && is(json, "event", "update")) {
                                plain.trade(json.at("result").at("id").text());
                            }
                        }),
                new RecordedFeed(
                        "gemini/filusd", new GeminiFeed(), pair("FIL", "USD", "filusd", BOOK), false, (json, plain) -> {
                            if (is(json, "type", "l2_updates")) {
                                for (JsonValue row : json.at("changes").items()) {
                                    plain.set(
                                            is(row, 0, "buy"),
                                            row.at(1).text(),
                                            row.at(2).text());
                                }
                                plain.book();
                            }
                        }),
                new RecordedFeed(
                        "gemini/filusd",
                        new GeminiFeed(),
                        pair("FIL", "USD", "filusd", TRADES),
                        false,
                        (json, plain) -> {
                            if (json.find("trades").isPresent()) {
                                plain.trades(json.at("trades").items().reversed(), "event_id");
                            } else if (is(json, "type", "trade")) {
                                plain.trade(json.at("event_id").text());
                            }
                        }),
                new RecordedFeed(
                        "htx/zen-eth",
                        HtxFeed.all().getFirst(),
                        pair("ZEN", "ETH", "zeneth", new StreamKind.Book(150)),
                        true,
                        (json, plain) -> htxBook(json, plain, "market.zeneth.depth.step0")),
                new RecordedFeed(
                        "htx/zen-eth",
                        HtxFeed.all().getFirst(),
                        pair("ZEN", "ETH", "zeneth", TRADES),
                        false,
                        (json, plain) -> htxTrades(json, plain, "market.zeneth.trade.detail", "tradeId")),
                new RecordedFeed(
                        "htx/atom-usd-swap",
                        HtxFeed.all().getLast(),
                        atom(new StreamKind.Book(150)),
                        true,
                        (json, plain) -> htxBook(json, plain, "market.ATOM-USD.depth.step0")),
                new RecordedFeed(
                        "htx/atom-usd-swap",
                        HtxFeed.all().getLast(),
                        atom(TRADES),
                        false,
                        (json, plain) -> htxTrades(json, plain, "market.ATOM-USD.trade.detail", "id")),
                new RecordedFeed(
                                "hyperliquid/testnet",
                                new HyperliquidFeed(),
                                coin("BTC", BOOK),
                                true,
                                (json, plain) -> {
                                    if (is(json, "channel", "l2Book")) {
                                        plain.start();
                                        plain.rows(
                                                true,
                                                json.at("data").at("levels").at(0),
                                                "px",
                                                "sz");
                                        plain.rows(
                                                false,
                                                json.at("data").at("levels").at(1),
                                                "px",
                                                "sz");
                                        plain.book();
                                    }
                                })
                        .today(text -> text.contains("noSuchType") ? "{\"channel\":\"pong\"}" : text),
                new RecordedFeed(
                        "hyperliquid/messages", new HyperliquidFeed(), coin("HYPE", TRADES), false, (json, plain) -> {
                            if (is(json, "channel", "trades")) {
                                plain.trades(json.at("data").items(), "tid");
                            }
                        }),
                new RecordedFeed(
                        "kraken/live-btc-eth",
                        new KrakenFeed(10),
                        pair("BTC", "USD", "XBTUSD", BOOK),
                        true,
                        (json, plain) -> krakenBook(json, plain, "BTC/USD")),
                new RecordedFeed(
                        "kraken/live-btc-eth",
                        new KrakenFeed(10),
                        pair("ETH", "USD", "ETHUSD", BOOK),
                        true,
                        (json, plain) -> krakenBook(json, plain, "ETH/USD")),
                new RecordedFeed(
                        "kraken/live-btc-eth",
                        new KrakenFeed(10),
                        pair("ETH", "USD", "ETHUSD", TRADES),
                        true,
                        (json, plain) -> {
                            if (is(json, "channel", "trade")) {
                                for (JsonValue row : json.at("data").items()) {
                                    if (is(row, "symbol", "ETH/USD")) {
                                        plain.trade(row.at("trade_id").text());
                                    }
                                }
                            }
                        }),
                new RecordedFeed(
                                "kucoin/fet-btc",
                                new KucoinFeed(),
                                pair("FET", "BTC", "FET-BTC", BOOK),
                                true,
                                (json, plain) -> {
                                    if (is(json, "topic", "/market/level2:FET-BTC") && is(json, "type", "message")) {
                                        for (String side : List.of("bids", "asks")) {
                                            for (JsonValue row : json.at("data")
                                                    .at("changes")
                                                    .at(side)
                                                    .items()) {
                                                if (row.at(0).decimal().signum() != 0) {
                                                    plain.set(
                                                            "bids".equals(side),
                                                            row.at(0).text(),
                                                            row.at(1).text());
                                                }
                                            }
                                        }
                                        plain.book();
                                    }
                                })
                        .after(1_612_712_745_580L),
                new RecordedFeed(
                        "kucoin/fet-btc",
                        new KucoinFeed(),
                        pair("FET", "BTC", "FET-BTC", TRADES),
                        false,
                        (json, plain) -> {
                            if (is(json, "topic", "/market/match:FET-BTC") && is(json, "type", "message")) {
                                plain.trade(json.at("data").at("sequence").text());
                            }
                        }),
                new RecordedFeed(
                                "mexc/spot-documented",
                                MexcFeed.all().getFirst(),
                                pair("BTC", "USDT", "BTCUSDT", BOOK),
                                true,
                                (json, plain) -> {
                                    if (json.find("publicAggreDepths").isPresent()) {
                                        JsonValue change = json.at("publicAggreDepths");
                                        plain.rows(true, change.at("bids"), "price", "quantity");
                                        plain.rows(false, change.at("asks"), "price", "quantity");
                                        plain.book();
                                    }
                                })
                        .after(10_589_632_358L),
                new RecordedFeed(
                        "mexc/spot-documented",
                        MexcFeed.all().getFirst(),
                        pair("BTC", "USDT", "BTCUSDT", TRADES),
                        false,
                        RecordedFeed::mexcTrades),
                new RecordedFeed(
                        "okx/btc-usdt",
                        OkxFeed.all().getFirst(),
                        pair("BTC", "USDT", "BTC-USDT", BOOK),
                        true,
                        RecordedFeed::books),
                new RecordedFeed(
                        "okx/btc-usdt",
                        OkxFeed.all().getFirst(),
                        pair("BTC", "USDT", "BTC-USDT", TRADES),
                        false,
                        (json, plain) -> {
                            if (json.find("data").isPresent() && is(json.at("arg"), "channel", "trades")) {
                                plain.trades(json.at("data").items(), "tradeId");
                            }
                        }));
    }

    private static boolean is(JsonValue row, int item, String text) throws MalformedPayload {
        return text.equals(row.at(item).text());
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

    private static void bitfinex(JsonValue json, PlainFeed plain) throws MalformedPayload {
        if (json.isObject()) {
            if (is(json, "channel", "book") && is(json, "symbol", "tMNABTC")) {
                plain.name(json.at("chanId").text());
            }
        } else if (plain.isNamed(json.at(0).text()) && json.at(1).isArray()) {
            JsonValue rows = json.at(1);
            for (JsonValue row : rows.at(0).isArray() ? rows.items() : List.of(rows)) {
                String amount = row.at(2).text();
                plain.set(
                        !amount.startsWith("-"),
                        row.at(0).text(),
                        row.at(1).integer() == 0 ? "0" : amount.replace("-", ""));
            }
            plain.book();
        }
    }

    /** Of OKX and Bitget. */
    private static void books(JsonValue json, PlainFeed plain) throws MalformedPayload {
        if (json.find("action").isPresent() && is(json.at("arg"), "channel", "books")) {
            if (is(json, "action", "snapshot")) {
                plain.start();
            }
            JsonValue data = json.at("data").at(0);
            plain.rows(data.at("bids"), data.at("asks"));
            plain.book();
        }
    }

    private static void htxBook(JsonValue json, PlainFeed plain, String channel) throws MalformedPayload {
        if (is(json, "ch", channel)) {
            plain.start();
            plain.rows(json.at("tick").at("bids"), json.at("tick").at("asks"));
            plain.book();
        }
    }

    private static void htxTrades(JsonValue json, PlainFeed plain, String channel, String id) throws MalformedPayload {
        if (is(json, "ch", channel)) {
            plain.trades(json.at("tick").at("data").items().reversed(), id);
        }
    }

    private static void krakenBook(JsonValue json, PlainFeed plain, String symbol) throws MalformedPayload {
        if (is(json, "channel", "book") && is(json.at("data").at(0), "symbol", symbol)) {
            if (is(json, "type", "snapshot")) {
                plain.start();
            }
            plain.rows(true, json.at("data").at(0).at("bids"), "price", "qty");
            plain.rows(false, json.at("data").at(0).at("asks"), "price", "qty");
            plain.keep(10);
            plain.book();
        }
    }

    /** Trades without an id are told apart by their members, and equal ones of a message by their number. */
    private static void mexcTrades(JsonValue json, PlainFeed plain) throws MalformedPayload {
        if (json.find("publicAggreDeals").isEmpty()) {
            return;
        }
        Map<String, Integer> equal = new HashMap<>();
        for (JsonValue row : json.at("publicAggreDeals").at("deals").items()) {
            String id = row.find("tradeId").isPresent()
                    ? row.at("tradeId").text()
                    : row.at("time").text() + "-" + row.at("price").text() + "-"
                            + row.at("quantity").text();
            int number = equal.merge(id, 1, Integer::sum);
            plain.trade(number == 1 ? id : id + "-" + number);
        }
    }
}
