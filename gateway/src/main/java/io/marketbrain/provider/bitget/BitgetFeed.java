package io.marketbrain.provider.bitget;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.MarketData.Level;
import io.marketbrain.model.MarketData.Trade;
import io.marketbrain.model.stream.StreamKind;
import io.marketbrain.provider.feed.BookChecksum;
import io.marketbrain.provider.feed.FeedAdapter;
import io.marketbrain.provider.feed.FeedChannel;
import io.marketbrain.provider.feed.FeedJson;
import io.marketbrain.provider.feed.FeedSignal;
import io.marketbrain.provider.feed.FeedSignal.QuoteChange.Part;
import io.marketbrain.provider.feed.FeedTerms;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Bitget's public channels, version 2, https://www.bitget.com/api-doc/spot/websocket/public/Depth-Channel. Every change of an
 * order book has a checksum over its 25 best levels. Candles are not read: a first message has hundreds of old ones.
 */
public final class BitgetFeed implements FeedAdapter {
    private static final FeedTerms TERMS = new FeedTerms(
            "wss://ws.bitget.com/v2/ws/public",
            200,
            4,
            Duration.ofMillis(100),
            Duration.ofSeconds(25),
            Duration.ofHours(23),
            FeedTerms.BookStart.FEED);

    private static final int BATCH = 25;

    @Override
    public FeedTerms terms() {
        return TERMS;
    }

    @Override
    public boolean carries(FeedChannel channel) {
        return switch (channel.kind()) {
            case StreamKind.Quotes _, StreamKind.Trades _, StreamKind.Book _ -> true;
            case StreamKind.Bars _, StreamKind.News _ -> false;
        };
    }

    @Override
    public String key(FeedChannel channel) {
        return String.join(" ", market(channel), name(channel.kind()), symbol(channel));
    }

    /** The provider's own symbol: that of a contract is without the gateway's {@code .P}, which dated futures do not have. */
    private static String symbol(FeedChannel channel) {
        return channel.listing().instrument().settle() == null ? channel.symbol() : channel.contract();
    }

    /** The kind of market, which the provider names beside the symbol. */
    private static String market(FeedChannel channel) {
        Instrument instrument = channel.listing().instrument();
        if (instrument.settle() == null) {
            return "SPOT";
        }
        if (instrument.settle().equals(instrument.base())) {
            return "COIN-FUTURES";
        }
        return "USDC".equals(instrument.settle()) ? "USDC-FUTURES" : "USDT-FUTURES";
    }

    private static String name(StreamKind kind) {
        return switch (kind) {
            case StreamKind.Quotes _ -> "ticker";
            case StreamKind.Trades _ -> "trade";
            case StreamKind.Book _ -> "books";
            case StreamKind.Bars _, StreamKind.News _ -> throw new IllegalArgumentException("no " + kind.wire());
        };
    }

    @Override
    public List<String> subscribe(List<FeedChannel> channels) {
        return messages("subscribe", channels);
    }

    @Override
    public List<String> unsubscribe(List<FeedChannel> channels) {
        return messages("unsubscribe", channels);
    }

    private static List<String> messages(String op, List<FeedChannel> channels) {
        List<String> args = channels.stream()
                .map(channel -> "{\"instType\":\"" + market(channel) + "\",\"channel\":\"" + name(channel.kind())
                        + "\",\"instId\":\"" + symbol(channel) + "\"}")
                .toList();
        return FeedJson.operations(op, args, BATCH);
    }

    @Override
    public Optional<String> heartbeat() {
        return Optional.of("ping");
    }

    @Override
    public List<FeedSignal> parse(String message) throws MalformedPayload {
        if ("pong".equals(message)) {
            return List.of(new FeedSignal.Alive());
        }
        JsonValue json = FeedJson.parse(message);
        if (json.find("event").isPresent()) {
            return List.of(event(json));
        }
        String key = key(json.at("arg"));
        boolean snapshot = "snapshot".equals(json.at("action").text());
        List<JsonValue> items = json.at("data").items();
        return switch (json.at("arg").at("channel").text()) {
            case "ticker" -> FeedJson.each(items, item -> quote(key, item));
            case "trade" -> List.of(trades(key, items.reversed(), snapshot));
            case "books" -> FeedJson.each(items, item -> book(key, item, snapshot));
            default -> List.of(new FeedSignal.Alive());
        };
    }

    private static String key(JsonValue arg) throws MalformedPayload {
        return String.join(
                " ",
                arg.at("instType").text(),
                arg.at("channel").text(),
                arg.at("instId").text());
    }

    private static FeedSignal event(JsonValue json) throws MalformedPayload {
        if (!"error".equals(json.at("event").text())) {
            return new FeedSignal.Alive();
        }
        String reason = FeedJson.textOrEmpty(json, "msg");
        return json.find("arg").isPresent() && json.at("arg").find("instId").isPresent()
                ? new FeedSignal.Refused(key(json.at("arg")), reason, true)
                : new FeedSignal.Reconnect("the provider refused a message: " + reason);
    }

    private static FeedSignal quote(String key, JsonValue data) throws MalformedPayload {
        var fields = new FeedSignal.QuoteFields(
                data.at("lastPr").price(),
                data.priceOrNull("bidPr"),
                data.amountOrNull("bidSz"),
                data.priceOrNull("askPr"),
                data.amountOrNull("askSz"),
                data.priceOrNull("open24h"),
                data.priceOrNull("high24h"),
                data.priceOrNull("low24h"),
                data.amountOrNull("baseVolume"),
                data.amountOrNull("quoteVolume"),
                data.at("ts").epochMillis());
        return new FeedSignal.QuoteChange(key, fields, Part.WHOLE);
    }

    /** @param rows the oldest first; they are sent with the newest first */
    private static FeedSignal trades(String key, List<JsonValue> rows, boolean snapshot) throws MalformedPayload {
        List<Trade> trades = FeedJson.each(rows, row -> FeedJson.trade(row, "tradeId", "ts", "price", "size", "side"));
        return new FeedSignal.Prints(key, trades, null, snapshot);
    }

    private static FeedSignal book(String key, JsonValue data, boolean snapshot) throws MalformedPayload {
        List<Level> bids = FeedJson.levels(data.at("bids"));
        List<Level> asks = FeedJson.levels(data.at("asks"));
        Instant time = data.at("ts").epochMillis();
        Long checksum = data.find("checksum").isPresent() ? data.at("checksum").integer() : null;
        return snapshot
                ? new FeedSignal.BookSnapshot(key, bids, asks, null, checksum, time)
                : new FeedSignal.BookChange(key, bids, asks, null, null, null, checksum, time);
    }

    @Override
    public OptionalLong checksum(List<Level> bids, List<Level> asks) {
        return OptionalLong.of(BookChecksum.alternating(bids, asks));
    }
}
