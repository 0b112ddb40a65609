package io.marketbrain.provider.kraken;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Level;
import io.marketbrain.model.MarketData.Side;
import io.marketbrain.model.MarketData.Trade;
import io.marketbrain.model.stream.StreamKind;
import io.marketbrain.provider.feed.FeedAdapter;
import io.marketbrain.provider.feed.FeedChannel;
import io.marketbrain.provider.feed.FeedJson;
import io.marketbrain.provider.feed.FeedSignal;
import io.marketbrain.provider.feed.FeedSignal.QuoteChange.Part;
import io.marketbrain.provider.feed.FeedTerms;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * Kraken's WebSocket API, version 2, https://docs.kraken.com/api/docs/websocket-v2/book. Every change of an order book has a
 * checksum over its ten best levels. A connection has one book a symbol, whose depth the messages do not name.
 */
public final class KrakenFeed implements FeedAdapter {
    private static final FeedTerms TERMS = new FeedTerms(
            "wss://ws.kraken.com/v2",
            500,
            4,
            Duration.ofMillis(100),
            Duration.ofSeconds(15),
            Duration.ofDays(7),
            FeedTerms.BookStart.FEED);

    private static final Set<Interval> INTERVALS = Set.of(
            Interval.M1, Interval.M5, Interval.M15, Interval.M30, Interval.H1, Interval.H4, Interval.D1, Interval.W1);

    /** The levels a side that the checksum covers. */
    private static final int CHECKED = 10;

    private final int depth;

    public KrakenFeed() {
        this(100);
    }

    /** @param depth the levels a side to subscribe to: 10, 25, 100, 500 or 1000 */
    public KrakenFeed(int depth) {
        this.depth = depth;
    }

    @Override
    public FeedTerms terms() {
        return TERMS;
    }

    @Override
    public boolean carries(FeedChannel channel) {
        return switch (channel.kind()) {
            case StreamKind.Quotes _, StreamKind.Trades _ -> true;
            case StreamKind.Book book -> book.depth() <= depth;
            case StreamKind.Bars bars -> INTERVALS.contains(bars.interval());
            case StreamKind.News _ -> false;
        };
    }

    @Override
    public String key(FeedChannel channel) {
        return switch (channel.kind()) {
            case StreamKind.Quotes _ -> key("ticker", symbol(channel));
            case StreamKind.Trades _ -> key("trade", symbol(channel));
            case StreamKind.Book _ -> key("book", symbol(channel));
            case StreamKind.Bars bars -> bars(bars.interval().length().toMinutes(), symbol(channel));
            case StreamKind.News _ -> throw new IllegalArgumentException("no news");
        };
    }

    private static String key(String channel, String symbol) {
        return channel + " " + symbol;
    }

    private static String bars(long minutes, String symbol) {
        return key("ohlc-" + minutes, symbol);
    }

    /** Version 2 spells pairs by the usual codes, unlike the REST API. */
    private static String symbol(FeedChannel channel) {
        return channel.listing().instrument().base() + "/"
                + channel.listing().instrument().quote();
    }

    @Override
    public int bookDepth(StreamKind.Book kind) {
        return depth;
    }

    @Override
    public List<String> subscribe(List<FeedChannel> channels) {
        return channels.stream().map(channel -> message("subscribe", channel)).toList();
    }

    @Override
    public List<String> unsubscribe(List<FeedChannel> channels) {
        return channels.stream().map(channel -> message("unsubscribe", channel)).toList();
    }

    private String message(String method, FeedChannel channel) {
        String what = switch (channel.kind()) {
            case StreamKind.Quotes _ -> "\"channel\":\"ticker\",\"event_trigger\":\"bbo\"";
            case StreamKind.Trades _ -> "\"channel\":\"trade\"";
            case StreamKind.Book _ -> "\"channel\":\"book\",\"depth\":" + depth;
            case StreamKind.Bars bars ->
                "\"channel\":\"ohlc\",\"interval\":" + bars.interval().length().toMinutes();
            case StreamKind.News _ -> throw new IllegalArgumentException("no news");
        };
        String snapshot = "subscribe".equals(method) ? ",\"snapshot\":true" : "";
        return "{\"method\":\"" + method + "\",\"params\":{" + what + ",\"symbol\":[\"" + symbol(channel) + "\"]"
                + snapshot + "}}";
    }

    @Override
    public Optional<String> heartbeat() {
        return Optional.of("{\"method\":\"ping\"}");
    }

    @Override
    public List<FeedSignal> parse(String message) throws MalformedPayload {
        JsonValue json = FeedJson.parse(message);
        if (json.find("method").isPresent()) {
            return answer(json);
        }
        String channel = json.find("channel").isPresent() ? json.at("channel").text() : "";
        if (!Set.of("ticker", "trade", "book", "ohlc").contains(channel)) {
            return List.of(new FeedSignal.Alive());
        }
        boolean snapshot = "snapshot".equals(json.at("type").text());
        if ("trade".equals(channel)) {
            return trades(json.at("data"), snapshot);
        }
        List<FeedSignal> signals = new ArrayList<>();
        for (JsonValue data : json.at("data").items()) {
            String symbol = data.at("symbol").text();
            signals.add(
                    switch (channel) {
                        case "ticker" -> quote(symbol, data);
                        case "book" -> book(symbol, data, snapshot);
                        default -> bar(symbol, data);
                    });
        }
        return signals;
    }

    /** A symbol that is refused is named without its channel. */
    private List<FeedSignal> answer(JsonValue json) throws MalformedPayload {
        if (json.find("success").isEmpty()
                || json.at("success").bool()
                || json.find("symbol").isEmpty()) {
            return List.of(new FeedSignal.Alive());
        }
        String symbol = json.at("symbol").text();
        String reason = json.find("error").isPresent() ? json.at("error").text() : "refused";
        List<FeedSignal> refused = new ArrayList<>();
        for (String channel : List.of("ticker", "trade", "book")) {
            refused.add(new FeedSignal.Refused(key(channel, symbol), reason, true));
        }
        for (Interval interval : INTERVALS) {
            refused.add(new FeedSignal.Refused(bars(interval.length().toMinutes(), symbol), reason, true));
        }
        return refused;
    }

    private static FeedSignal quote(String symbol, JsonValue data) throws MalformedPayload {
        var fields = new FeedSignal.QuoteFields(
                data.priceOrNull("last"),
                data.priceOrNull("bid"),
                data.amountOrNull("bid_qty"),
                data.priceOrNull("ask"),
                data.amountOrNull("ask_qty"),
                null,
                data.priceOrNull("high"),
                data.priceOrNull("low"),
                data.amountOrNull("volume"),
                null,
                data.find("timestamp").isPresent() ? FeedJson.time(data.at("timestamp")) : null);
        return new FeedSignal.QuoteChange(key("ticker", symbol), fields, Part.WHOLE);
    }

    private static List<FeedSignal> trades(JsonValue rows, boolean snapshot) throws MalformedPayload {
        List<FeedSignal> signals = new ArrayList<>();
        List<Trade> trades = new ArrayList<>();
        String symbol = "";
        for (JsonValue row : rows.items()) {
            String own = row.at("symbol").text();
            if (!own.equals(symbol) && !trades.isEmpty()) {
                signals.add(prints(symbol, trades, snapshot));
                trades = new ArrayList<>();
            }
            symbol = own;
            trades.add(new Trade(
                    Long.toString(row.at("trade_id").integer()),
                    FeedJson.time(row.at("timestamp")),
                    row.at("price").price(),
                    row.at("qty").size(),
                    "buy".equals(row.at("side").text()) ? Side.BUY : Side.SELL));
        }
        if (!trades.isEmpty()) {
            signals.add(prints(symbol, trades, snapshot));
        }
        return signals;
    }

    private static FeedSignal prints(String symbol, List<Trade> trades, boolean snapshot) {
        return new FeedSignal.Prints(
                key("trade", symbol), trades, Long.valueOf(trades.getFirst().id()), snapshot);
    }

    private static FeedSignal book(String symbol, JsonValue data, boolean snapshot) throws MalformedPayload {
        String key = key("book", symbol);
        List<Level> bids = levels(data.at("bids"));
        List<Level> asks = levels(data.at("asks"));
        Long checksum = data.find("checksum").isPresent() ? data.at("checksum").integer() : null;
        Instant time = data.find("timestamp").isPresent() ? FeedJson.time(data.at("timestamp")) : null;
        return snapshot
                ? new FeedSignal.BookSnapshot(key, bids, asks, null, checksum, time)
                : new FeedSignal.BookChange(key, bids, asks, null, null, null, checksum, time);
    }

    private static List<Level> levels(JsonValue rows) throws MalformedPayload {
        List<Level> levels = new ArrayList<>();
        for (JsonValue row : rows.items()) {
            levels.add(new Level(row.at("price").price(), row.at("qty").amount()));
        }
        return levels;
    }

    private static FeedSignal bar(String symbol, JsonValue data) throws MalformedPayload {
        return new FeedSignal.Bar(
                bars(data.at("interval").integer(), symbol),
                new Candle(
                        FeedJson.time(data.at("interval_begin")),
                        data.at("open").price(),
                        data.at("high").price(),
                        data.at("low").price(),
                        data.at("close").price(),
                        data.at("volume").amount(),
                        null,
                        data.at("trades").integer(),
                        false));
    }

    /** CRC-32 over the digits of the ten best asks and bids, without the point and leading zeros. */
    @Override
    public OptionalLong checksum(List<Level> bids, List<Level> asks) {
        var text = new StringBuilder();
        append(text, asks);
        append(text, bids);
        var crc = new CRC32();
        crc.update(text.toString().getBytes(StandardCharsets.US_ASCII));
        return OptionalLong.of(crc.getValue());
    }

    private static void append(StringBuilder text, List<Level> side) {
        for (Level level : side.subList(0, Math.min(CHECKED, side.size()))) {
            text.append(digits(level.price())).append(digits(level.size()));
        }
    }

    private static String digits(BigDecimal value) {
        return value.unscaledValue().toString();
    }
}
