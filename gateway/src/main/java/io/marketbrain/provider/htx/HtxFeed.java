package io.marketbrain.provider.htx;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Side;
import io.marketbrain.model.MarketData.Trade;
import io.marketbrain.model.stream.StreamKind;
import io.marketbrain.provider.feed.FeedAdapter;
import io.marketbrain.provider.feed.FeedChannel;
import io.marketbrain.provider.feed.FeedJson;
import io.marketbrain.provider.feed.FeedSignal;
import io.marketbrain.provider.feed.FeedSignal.QuoteChange.Part;
import io.marketbrain.provider.feed.FeedTerms;
import io.marketbrain.provider.feed.GzipText;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * HTX's market channels, https://www.htx.com/en-us/opend/newApiPages/. Messages are gzip. A key is the name of a channel. Every
 * message about an order book is a whole book. Spot pairs and the two sorts of contracts have an address each.
 */
public final class HtxFeed implements FeedAdapter {
    /** A market with an address of its own. */
    private enum Market {
        SPOT("wss://api.huobi.pro/ws"),
        /** Swaps and futures settled in the quote. */
        LINEAR("wss://api.hbdm.com/linear-swap-ws"),
        /** Swaps settled in the base. */
        INVERSE("wss://api.hbdm.com/swap-ws");

        private final String address;

        Market(String address) {
            this.address = address;
        }

        /** Futures that are settled in the base have another address, which is not used. */
        private boolean carries(Instrument instrument) {
            String settle = instrument.settle();
            if (settle == null) {
                return this == SPOT;
            }
            if (!settle.equals(instrument.base())) {
                return this == LINEAR;
            }
            return this == INVERSE && instrument.expiry() == null && instrument.rolling() == null;
        }

        /** Documented: 50 messages a second and connection; the provider sends a ping every five seconds. */
        private FeedTerms terms() {
            return new FeedTerms(
                    address,
                    100,
                    4,
                    Duration.ofMillis(50),
                    Duration.ofSeconds(20),
                    Duration.ofDays(7),
                    FeedTerms.BookStart.FEED);
        }
    }

    /** The most bytes of a message's text; a whole order book has about 10 KB. */
    private static final int MAX_MESSAGE = 1024 * 1024;
    /** The levels of the faster channel of spot pairs, every 100 ms. */
    private static final int FEW_LEVELS = 20;
    /** The levels of the other channel, every second. */
    private static final int DEPTH = 150;

    private static final Map<Interval, String> INTERVALS = Map.of(
            Interval.M1, "1min",
            Interval.M5, "5min",
            Interval.M15, "15min",
            Interval.M30, "30min",
            Interval.H1, "60min",
            Interval.H4, "4hour");

    private final Market market;
    private final FeedTerms terms;

    private HtxFeed(Market market) {
        this.market = market;
        this.terms = market.terms();
    }

    /** The feeds of all markets. */
    public static List<FeedAdapter> all() {
        return List.of(new HtxFeed(Market.SPOT), new HtxFeed(Market.LINEAR), new HtxFeed(Market.INVERSE));
    }

    @Override
    public FeedTerms terms() {
        return terms;
    }

    /** Bars of spot pairs are built from trades; those of swaps are not, because the sizes of trades are numbers of contracts. */
    @Override
    public boolean carries(FeedChannel channel) {
        return market.carries(channel.listing().instrument())
                && switch (channel.kind()) {
                    case StreamKind.Quotes _, StreamKind.Trades _ -> true;
                    case StreamKind.Book(int depth) -> depth <= DEPTH;
                    case StreamKind.Bars(Interval interval) -> market != Market.SPOT && INTERVALS.containsKey(interval);
                    case StreamKind.News _ -> false;
                };
    }

    @Override
    public String key(FeedChannel channel) {
        String symbol =
                market == Market.SPOT ? channel.symbol() : channel.contract().toUpperCase(Locale.ROOT);
        return "market." + symbol + "." + name(channel.kind());
    }

    private String name(StreamKind kind) {
        boolean spot = market == Market.SPOT;
        return switch (kind) {
            case StreamKind.Quotes _ -> spot ? "ticker" : "detail";
            case StreamKind.Trades _ -> "trade.detail";
            case StreamKind.Book(int depth) -> spot && depth <= FEW_LEVELS ? "mbp.refresh.20" : "depth.step0";
            case StreamKind.Bars(Interval interval) -> "kline." + INTERVALS.get(interval);
            case StreamKind.News _ -> throw new IllegalArgumentException("no " + kind.wire());
        };
    }

    @Override
    public List<String> subscribe(List<FeedChannel> channels) {
        return messages("sub", channels);
    }

    @Override
    public List<String> unsubscribe(List<FeedChannel> channels) {
        return messages("unsub", channels);
    }

    /** The id is repeated in answers, and errors name nothing else. */
    private List<String> messages(String op, List<FeedChannel> channels) {
        return channels.stream()
                .map(this::key)
                .map(key -> "{\"" + op + "\":\"" + key + "\",\"id\":\"" + key + "\"}")
                .toList();
    }

    @Override
    public String text(byte[] binary) throws MalformedPayload {
        return GzipText.of(binary, MAX_MESSAGE);
    }

    @Override
    public List<FeedSignal> parse(String message) throws MalformedPayload {
        JsonValue json = FeedJson.parse(message);
        if (json.find("ping").isPresent()) {
            return List.of(new FeedSignal.Reply("{\"pong\":" + json.at("ping").integer() + "}"));
        }
        if (json.find("ch").isEmpty()) {
            return List.of(answer(json));
        }
        String channel = json.at("ch").text();
        JsonValue tick = json.at("tick");
        String[] parts = channel.split("\\.", -1);
        return List.of(
                switch (parts.length < 3 ? "" : parts[2]) {
                    case "ticker" -> spotQuote(channel, tick, json.at("ts"));
                    case "detail" -> swapQuote(channel, tick, json.at("ts"));
                    case "trade" -> trades(channel, tick.at("data"));
                    case "mbp" -> book(channel, tick, tick.at("seqNum"), json.at("ts"));
                    case "depth" -> book(channel, tick, tick.at("version"), tick.at("ts"));
                    case "kline" -> bar(channel, tick);
                    default -> new FeedSignal.Alive();
                });
    }

    private static FeedSignal answer(JsonValue json) throws MalformedPayload {
        if (json.find("subbed").isPresent()) {
            return new FeedSignal.Accepted(json.at("subbed").text());
        }
        if (json.find("unsubbed").isPresent()) {
            return new FeedSignal.Alive();
        }
        if (!"error".equals(json.at("status").text())) {
            return new FeedSignal.Alive();
        }
        String reason = FeedJson.textOrEmpty(json, "err-msg");
        String key = FeedJson.textOrEmpty(json, "id");
        String code = FeedJson.textOrEmpty(json, "err-code");
        return key.isEmpty()
                ? new FeedSignal.Reconnect("the provider rejected a message: " + reason)
                : new FeedSignal.Refused(key, reason, "bad-request".equals(code) || "invalid-parameter".equals(code));
    }

    private static FeedSignal spotQuote(String channel, JsonValue tick, JsonValue time) throws MalformedPayload {
        return new FeedSignal.QuoteChange(
                channel,
                fields(
                        tick,
                        tick.priceOrNull("bid"),
                        tick.amountOrNull("bidSize"),
                        tick.priceOrNull("ask"),
                        tick.amountOrNull("askSize"),
                        tick.amountOrNull("vol"),
                        time),
                Part.WHOLE);
    }

    /** Volumes are in the base; a swap that is settled in the base has no volume in the quote. */
    private FeedSignal swapQuote(String channel, JsonValue tick, JsonValue time) throws MalformedPayload {
        boolean bid = tick.find("bid").isPresent();
        boolean ask = tick.find("ask").isPresent();
        return new FeedSignal.QuoteChange(
                channel,
                fields(
                        tick,
                        bid ? tick.at("bid").at(0).price() : null,
                        bid ? tick.at("bid").at(1).amount() : null,
                        ask ? tick.at("ask").at(0).price() : null,
                        ask ? tick.at("ask").at(1).amount() : null,
                        turnover(tick),
                        time),
                Part.WHOLE);
    }

    private @Nullable BigDecimal turnover(JsonValue tick) throws MalformedPayload {
        return market == Market.LINEAR ? tick.amountOrNull("trade_turnover") : null;
    }

    private static FeedSignal.QuoteFields fields(
            JsonValue tick,
            @Nullable BigDecimal bid,
            @Nullable BigDecimal bidSize,
            @Nullable BigDecimal ask,
            @Nullable BigDecimal askSize,
            @Nullable BigDecimal quoteVolume,
            JsonValue time)
            throws MalformedPayload {
        return new FeedSignal.QuoteFields(
                tick.at("close").price(),
                bid,
                bidSize,
                ask,
                askSize,
                tick.priceOrNull("open"),
                tick.priceOrNull("high"),
                tick.priceOrNull("low"),
                tick.amountOrNull("amount"),
                quoteVolume,
                time.epochMillis());
    }

    /** Ids rise, but not by one; spot pairs send the newest trade first. */
    private static FeedSignal trades(String channel, JsonValue rows) throws MalformedPayload {
        List<Trade> trades = new ArrayList<>();
        for (JsonValue row : rows.items()) {
            trades.add(new Trade(
                    Long.toString(row.at(row.find("tradeId").isPresent() ? "tradeId" : "id")
                            .integer()),
                    row.at("ts").epochMillis(),
                    row.at("price").price(),
                    row.at("amount").size(),
                    "buy".equals(row.at("direction").text()) ? Side.BUY : Side.SELL));
        }
        trades.sort(Comparator.comparingLong(trade -> Long.parseLong(trade.id())));
        return new FeedSignal.Prints(channel, trades, null, false);
    }

    private static FeedSignal book(String channel, JsonValue tick, JsonValue number, JsonValue time)
            throws MalformedPayload {
        return new FeedSignal.BookSnapshot(
                channel,
                FeedJson.levels(tick.at("bids")),
                FeedJson.levels(tick.at("asks")),
                number.integer(),
                null,
                time.epochMillis());
    }

    /** That a bar has closed is not said: it is fetched then. */
    private FeedSignal bar(String channel, JsonValue tick) throws MalformedPayload {
        return new FeedSignal.Bar(
                channel,
                new Candle(
                        tick.at("id").epochSeconds(),
                        tick.at("open").price(),
                        tick.at("high").price(),
                        tick.at("low").price(),
                        tick.at("close").price(),
                        tick.at("amount").amount(),
                        turnover(tick),
                        tick.at("count").integer(),
                        false));
    }
}
