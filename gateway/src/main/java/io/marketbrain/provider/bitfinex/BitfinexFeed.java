package io.marketbrain.provider.bitfinex;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Bitfinex's public channels, version 2, https://docs.bitfinex.com/docs/ws-general. Messages name channels by numbers and are
 * numbered throughout the connection; order books have checksums. What a channel carries is told apart by the length of its rows.
 * Candles are not read: none is ever confirmed, so each would cost a request.
 */
public final class BitfinexFeed implements FeedAdapter {
    /** Documented: 25 channels a connection, 20 connections a minute. */
    private static final FeedTerms TERMS = new FeedTerms(
            "wss://api-pub.bitfinex.com/ws/2",
            25,
            8,
            Duration.ofMillis(50),
            Duration.ofSeconds(15),
            Duration.ofDays(7),
            FeedTerms.BookStart.FEED);

    /** Numbers the messages (65536) and sends checksums (131072). */
    private static final String CONFIGURE = "{\"event\":\"conf\",\"flags\":196608}";

    /** The levels a side to subscribe to: 1, 25, 100 or 250. */
    private static final int DEPTH = 250;

    /** The length of a row of an order book: price, number of orders, amount. */
    private static final int LEVEL = 3;
    /** The length of a row of trades: id, time, amount, price. */
    private static final int TRADE = 4;
    /** The least length of a ticker. */
    private static final int TICKER = 10;

    private static final long ALREADY_SUBSCRIBED = 10301;
    private static final long TOO_MANY_CHANNELS = 10305;
    private static final long RESTART = 20051;
    private static final long MAINTENANCE_OVER = 20061;

    @Override
    public FeedTerms terms() {
        return TERMS;
    }

    @Override
    public boolean carries(FeedChannel channel) {
        return switch (channel.kind()) {
            case StreamKind.Quotes _, StreamKind.Trades _ -> true;
            case StreamKind.Book(int depth) -> depth <= DEPTH;
            case StreamKind.Bars _, StreamKind.News _ -> false;
        };
    }

    @Override
    public String key(FeedChannel channel) {
        return key(name(channel.kind()), channel.symbol());
    }

    private static String key(String channel, String symbol) {
        return channel + " " + symbol;
    }

    private static String name(StreamKind kind) {
        return switch (kind) {
            case StreamKind.Quotes _ -> "ticker";
            case StreamKind.Trades _ -> "trades";
            case StreamKind.Book _ -> "book";
            case StreamKind.Bars _, StreamKind.News _ -> throw new IllegalArgumentException("no " + kind.wire());
        };
    }

    @Override
    public List<String> opening() {
        return List.of(CONFIGURE);
    }

    @Override
    public List<String> subscribe(List<FeedChannel> channels) {
        return channels.stream().map(BitfinexFeed::subscribe).toList();
    }

    private static String subscribe(FeedChannel channel) {
        String options = channel.kind() instanceof StreamKind.Book
                ? ",\"prec\":\"P0\",\"freq\":\"F0\",\"len\":\"" + DEPTH + "\""
                : "";
        return "{\"event\":\"subscribe\",\"channel\":\"" + name(channel.kind()) + "\",\"symbol\":\"" + channel.symbol()
                + "\"" + options + "}";
    }

    /** Nothing: a channel is left by the number that the provider gave it. */
    @Override
    public List<String> unsubscribe(List<FeedChannel> channels) {
        return List.of();
    }

    @Override
    public List<String> unsubscribe(String alias) {
        return List.of("{\"event\":\"unsubscribe\",\"chanId\":" + alias + "}");
    }

    @Override
    public Optional<String> heartbeat() {
        return Optional.of("{\"event\":\"ping\",\"cid\":1}");
    }

    @Override
    public List<FeedSignal> parse(String message) throws MalformedPayload {
        JsonValue json = FeedJson.parse(message);
        return json.isObject() ? List.of(event(json)) : data(json);
    }

    private static FeedSignal event(JsonValue json) throws MalformedPayload {
        return switch (json.at("event").text()) {
            case "subscribed" ->
                new FeedSignal.Bound(
                        json.at("chanId").text(), key(json.at("channel").text(), FeedJson.textOrEmpty(json, "symbol")));
            case "error" -> error(json);
            case "info" -> info(json);
            default -> new FeedSignal.Alive();
        };
    }

    private static FeedSignal error(JsonValue json) throws MalformedPayload {
        String reason = FeedJson.textOrEmpty(json, "msg");
        long code = json.find("code").isPresent() ? json.at("code").integer() : 0;
        if (code == ALREADY_SUBSCRIBED) {
            return new FeedSignal.Alive();
        }
        return json.find("channel").isPresent() && json.find("symbol").isPresent()
                ? new FeedSignal.Refused(
                        key(json.at("channel").text(), json.at("symbol").text()), reason, code != TOO_MANY_CHANNELS)
                : new FeedSignal.Reconnect("the provider refused a message: " + reason);
    }

    private static FeedSignal info(JsonValue json) throws MalformedPayload {
        long code = json.find("code").isPresent() ? json.at("code").integer() : 0;
        return code == RESTART || code == MAINTENANCE_OVER
                ? new FeedSignal.Reconnect("the provider asks for a new connection (" + code + ")")
                : new FeedSignal.Alive();
    }

    /** {@code [channel, rows, number]} or {@code [channel, kind, value, number]}. */
    private static List<FeedSignal> data(JsonValue json) throws MalformedPayload {
        String channel = json.at(0).text();
        JsonValue content = json.at(1);
        int number = 2;
        FeedSignal signal;
        if (content.isArray()) {
            signal = rows(channel, content);
        } else {
            String kind = content.text();
            signal = switch (kind) {
                case "te" -> new FeedSignal.Prints(channel, List.of(trade(json.at(2))), null, false);
                case "cs" ->
                    new FeedSignal.BookChange(
                            channel,
                            List.of(),
                            List.of(),
                            null,
                            null,
                            null,
                            json.at(2).integer(),
                            null);
                default -> new FeedSignal.Alive(); // a heartbeat, or "tu": a trade that "te" has told
            };
            number = "hb".equals(kind) ? 2 : 3;
        }
        return json.findItem(number).isPresent()
                ? List.of(new FeedSignal.Numbered("", json.at(number).integer()), signal)
                : List.of(signal);
    }

    /** A first state is a list of rows, a change is one row. */
    private static FeedSignal rows(String channel, JsonValue content) throws MalformedPayload {
        List<JsonValue> items = content.items();
        boolean first = items.isEmpty() || items.getFirst().isArray();
        int length = items.isEmpty() ? LEVEL : first ? items.getFirst().items().size() : items.size();
        if (length == LEVEL) {
            return book(channel, first ? items : List.of(content), first);
        }
        if (length == TRADE && first) {
            List<Trade> trades = FeedJson.each(items.reversed(), BitfinexFeed::trade);
            return new FeedSignal.Prints(channel, trades, null, true);
        }
        if (length >= TICKER && !first) {
            return quote(channel, content);
        }
        throw new MalformedPayload("rows of " + length);
    }

    /** Bids have positive amounts, asks negative ones; without orders, the price is gone. */
    private static FeedSignal book(String channel, List<JsonValue> rows, boolean first) throws MalformedPayload {
        List<Level> bids = new ArrayList<>();
        List<Level> asks = new ArrayList<>();
        for (JsonValue row : rows) {
            BigDecimal amount = row.at(2).decimal();
            BigDecimal size = row.at(1).integer() == 0 ? BigDecimal.ZERO : amount.abs();
            (amount.signum() > 0 ? bids : asks).add(new Level(row.at(0).price(), size));
        }
        return first
                ? new FeedSignal.BookSnapshot(channel, bids, asks, null, null, null)
                : new FeedSignal.BookChange(channel, bids, asks, null, null, null, null, null);
    }

    private static Trade trade(JsonValue row) throws MalformedPayload {
        BigDecimal amount = row.at(2).decimal();
        if (amount.signum() == 0) {
            throw new MalformedPayload("a trade of nothing");
        }
        return new Trade(
                row.at(0).text(),
                row.at(1).epochMillis(),
                row.at(3).price(),
                amount.abs(),
                amount.signum() > 0 ? Side.BUY : Side.SELL);
    }

    /** The sizes beside bid and ask are sums over 25 prices, and left out. */
    private static FeedSignal quote(String channel, JsonValue row) throws MalformedPayload {
        BigDecimal last = row.at(6).price();
        var fields = new FeedSignal.QuoteFields(
                last,
                row.at(0).priceOrNull(),
                null,
                row.at(2).priceOrNull(),
                null,
                row.at(4).isNull() ? null : last.subtract(row.at(4).decimal()),
                row.at(8).priceOrNull(),
                row.at(9).priceOrNull(),
                row.at(7).amount(),
                null,
                null);
        return new FeedSignal.QuoteChange(channel, fields, Part.WHOLE);
    }

    @Override
    public OptionalLong checksum(List<Level> bids, List<Level> asks) {
        return OptionalLong.of(BitfinexChecksum.of(bids, asks));
    }
}
