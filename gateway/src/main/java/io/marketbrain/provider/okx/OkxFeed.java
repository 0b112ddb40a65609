package io.marketbrain.provider.okx;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * OKX's public channels, version 5, https://www.okx.com/docs-v5/en/#order-book-trading-market-data-ws-order-book-channel. Since
 * August 2026 order books start with a request and have no checksums; changes name the number before them. Bars have an
 * address of their own.
 */
public final class OkxFeed implements FeedAdapter {
    /** Documented: 480 requests an hour and connection, closed after 30 seconds without a message. */
    private static final FeedTerms TERMS = new FeedTerms(
            "wss://ws.okx.com:8443/ws/v5/public",
            400,
            4,
            Duration.ofMillis(350),
            Duration.ofSeconds(20),
            Duration.ofDays(7),
            FeedTerms.BookStart.REQUEST);

    private static final int BATCH = 50;

    /** The levels that the REST API and the channel have. */
    private static final int DEPTH = 400;

    /** What an error says about a channel that does not exist. */
    private static final Pattern UNKNOWN = Pattern.compile("channel:([\\w-]+),instId:([\\w-]+)");

    /** The feeds of both addresses. */
    public static List<FeedAdapter> all() {
        return List.of(new OkxFeed(), new OkxCandleFeed());
    }

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
    public int requestedDepth() {
        return DEPTH;
    }

    @Override
    public String key(FeedChannel channel) {
        return key(name(channel.kind()), channel.symbol());
    }

    static String key(String channel, String symbol) {
        return channel + " " + symbol;
    }

    private static String name(StreamKind kind) {
        return switch (kind) {
            case StreamKind.Quotes _ -> "tickers";
            case StreamKind.Trades _ -> "trades";
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
                .map(channel ->
                        "{\"channel\":\"" + name(channel.kind()) + "\",\"instId\":\"" + channel.symbol() + "\"}")
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
        String channel = json.at("arg").at("channel").text();
        String key = key(channel, json.at("arg").at("instId").text());
        List<JsonValue> items = json.at("data").items();
        return switch (channel) {
            case "tickers" -> FeedJson.each(items, item -> quote(key, item));
            case "trades" -> List.of(trades(key, items));
            case "books" -> {
                boolean snapshot = "snapshot".equals(json.at("action").text());
                yield FeedJson.each(items, item -> book(key, item, snapshot));
            }
            default -> List.of(new FeedSignal.Alive());
        };
    }

    static FeedSignal event(JsonValue json) throws MalformedPayload {
        String text = FeedJson.textOrEmpty(json, "msg");
        return switch (json.at("event").text()) {
            case "error" -> {
                Matcher unknown = UNKNOWN.matcher(text);
                yield unknown.find()
                        ? new FeedSignal.Refused(key(unknown.group(1), unknown.group(2)), text, true)
                        : new FeedSignal.Reconnect("the provider refused a message: " + text);
            }
            case "notice" -> new FeedSignal.Reconnect(text.isEmpty() ? "the provider closes the connection" : text);
            default -> new FeedSignal.Alive();
        };
    }

    /** Volumes of contracts are in the base, those of spot pairs in both assets. */
    private static FeedSignal quote(String key, JsonValue data) throws MalformedPayload {
        boolean spot = "SPOT".equals(data.at("instType").text());
        var fields = new FeedSignal.QuoteFields(
                data.at("last").price(),
                some(data, "bidPx") ? data.at("bidPx").price() : null,
                some(data, "bidSz") ? data.at("bidSz").amount() : null,
                some(data, "askPx") ? data.at("askPx").price() : null,
                some(data, "askSz") ? data.at("askSz").amount() : null,
                some(data, "open24h") ? data.at("open24h").price() : null,
                some(data, "high24h") ? data.at("high24h").price() : null,
                some(data, "low24h") ? data.at("low24h").price() : null,
                data.amountOrNull(spot ? "vol24h" : "volCcy24h"),
                spot ? data.amountOrNull("volCcy24h") : null,
                data.at("ts").epochMillis());
        return new FeedSignal.QuoteChange(key, fields, Part.WHOLE);
    }

    private static boolean some(JsonValue data, String name) throws MalformedPayload {
        return !FeedJson.textOrEmpty(data, name).isEmpty();
    }

    /** Trades of one order at one price are one row, with the id of the last; that ids have no other holes is not documented. */
    private static FeedSignal trades(String key, List<JsonValue> rows) throws MalformedPayload {
        List<Trade> trades = FeedJson.each(rows, row -> FeedJson.trade(row, "tradeId", "ts", "px", "sz", "side"));
        return new FeedSignal.Prints(key, trades, null, false);
    }

    /** A snapshot without levels is no state: then the book starts with a request. A checksum of zero is none. */
    private static FeedSignal book(String key, JsonValue data, boolean snapshot) throws MalformedPayload {
        List<Level> bids = FeedJson.levels(data.at("bids"));
        List<Level> asks = FeedJson.levels(data.at("asks"));
        Instant time = data.at("ts").epochMillis();
        Long sequence = data.find("seqId").isPresent() ? data.at("seqId").integer() : null;
        Long sum = data.find("checksum").isPresent() ? data.at("checksum").integer() : null;
        Long checksum = sum == null || sum == 0 ? null : sum;
        if (snapshot) {
            return bids.isEmpty() && asks.isEmpty()
                    ? new FeedSignal.Alive()
                    : new FeedSignal.BookSnapshot(key, bids, asks, sequence, checksum, time);
        }
        if (sequence == null && checksum == null) {
            throw new MalformedPayload("a change of an order book without a number");
        }
        if (sequence == null) {
            return new FeedSignal.BookChange(key, bids, asks, null, null, null, checksum, time);
        }
        long previous = data.at("prevSeqId").integer();
        return new FeedSignal.BookChange(
                key, bids, asks, previous, Math.max(previous, sequence - 1), sequence, checksum, time);
    }

    /** As it was sent until August 2026. */
    @Override
    public OptionalLong checksum(List<Level> bids, List<Level> asks) {
        return OptionalLong.of(BookChecksum.alternating(bids, asks));
    }
}
