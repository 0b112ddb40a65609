package io.marketbrain.provider.coinbase;

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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The feed of Coinbase's Exchange API, https://docs.cdp.coinbase.com/exchange/websocket-feed/channels. Trades have numbers without
 * holes; order books come from {@code level2_batch}, which needs no key and numbers nothing. There are no candles.
 */
public final class CoinbaseFeed implements FeedAdapter {
    private static final FeedTerms TERMS = new FeedTerms(
            "wss://ws-feed.exchange.coinbase.com",
            500,
            4,
            Duration.ofMillis(125),
            Duration.ofSeconds(30),
            Duration.ofDays(7),
            FeedTerms.BookStart.FEED);

    private static final String QUOTES = "ticker";
    private static final String TRADES = "matches";
    private static final String BOOK = "level2_batch";

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
        return key(name(channel.kind()), channel.symbol());
    }

    private static String key(String channel, String product) {
        return channel + " " + product;
    }

    private static String name(StreamKind kind) {
        return switch (kind) {
            case StreamKind.Quotes _ -> QUOTES;
            case StreamKind.Trades _ -> TRADES;
            case StreamKind.Book _ -> BOOK;
            case StreamKind.Bars _, StreamKind.News _ -> throw new IllegalArgumentException("no " + kind.wire());
        };
    }

    /** One product a message, because a product that is not known makes the whole message fail. */
    @Override
    public List<String> subscribe(List<FeedChannel> channels) {
        return channels.stream().map(channel -> message("subscribe", channel)).toList();
    }

    @Override
    public List<String> unsubscribe(List<FeedChannel> channels) {
        return channels.stream().map(channel -> message("unsubscribe", channel)).toList();
    }

    private static String message(String type, FeedChannel channel) {
        return "{\"type\":\"" + type + "\",\"product_ids\":[\"" + channel.symbol() + "\"],\"channels\":[\""
                + name(channel.kind()) + "\"]}";
    }

    @Override
    public boolean sendsUncheckedBooks() {
        return true;
    }

    @Override
    public List<FeedSignal> parse(String message) throws MalformedPayload {
        JsonValue json = FeedJson.parse(message);
        return switch (json.at("type").text()) {
            case "ticker" -> List.of(quote(json));
            case "match" -> List.of(trade(json, false));
            case "last_match" -> List.of(trade(json, true));
            case "snapshot" -> List.of(snapshot(json));
            case "l2update" -> List.of(change(json));
            case "error" -> error(json);
            default -> List.of(new FeedSignal.Alive());
        };
    }

    /** {@code {"type":"error","message":"Failed to subscribe","reason":"XYZ-USD is not a valid product"}}. */
    private static List<FeedSignal> error(JsonValue json) throws MalformedPayload {
        String reason = json.find("reason").isPresent()
                ? json.at("reason").text()
                : json.at("message").text();
        String product = reason.split(" ", 2)[0];
        if (!product.contains("-")) {
            return List.of(new FeedSignal.Reconnect("the provider refused a message: " + reason));
        }
        return Stream.of(QUOTES, TRADES, BOOK)
                .<FeedSignal>map(channel -> new FeedSignal.Refused(key(channel, product), reason, true))
                .toList();
    }

    private static FeedSignal quote(JsonValue json) throws MalformedPayload {
        var fields = new FeedSignal.QuoteFields(
                json.at("price").price(),
                json.priceOrNull("best_bid"),
                json.amountOrNull("best_bid_size"),
                json.priceOrNull("best_ask"),
                json.amountOrNull("best_ask_size"),
                json.priceOrNull("open_24h"),
                json.priceOrNull("high_24h"),
                json.priceOrNull("low_24h"),
                json.amountOrNull("volume_24h"),
                null,
                json.find("time").isPresent() ? FeedJson.time(json.at("time")) : null);
        return new FeedSignal.QuoteChange(key(QUOTES, json.at("product_id").text()), fields, Part.WHOLE);
    }

    /** The side that is sent is the maker's. */
    private static FeedSignal trade(JsonValue json, boolean earlier) throws MalformedPayload {
        long id = json.at("trade_id").integer();
        var trade = new Trade(
                Long.toString(id),
                FeedJson.time(json.at("time")),
                json.at("price").price(),
                json.at("size").size(),
                "sell".equals(json.at("side").text()) ? Side.BUY : Side.SELL);
        return new FeedSignal.Prints(key(TRADES, json.at("product_id").text()), List.of(trade), id, earlier);
    }

    private static FeedSignal snapshot(JsonValue json) throws MalformedPayload {
        return new FeedSignal.BookSnapshot(
                key(BOOK, json.at("product_id").text()),
                FeedJson.levels(json.at("bids")),
                FeedJson.levels(json.at("asks")),
                null,
                null,
                null);
    }

    private static FeedSignal change(JsonValue json) throws MalformedPayload {
        List<Level> bids = new ArrayList<>();
        List<Level> asks = new ArrayList<>();
        for (JsonValue row : json.at("changes").items()) {
            ("buy".equals(row.at(0).text()) ? bids : asks)
                    .add(new Level(row.at(1).price(), row.at(2).amount()));
        }
        return new FeedSignal.BookChange(
                key(BOOK, json.at("product_id").text()),
                bids,
                asks,
                null,
                null,
                null,
                null,
                FeedJson.time(json.at("time")));
    }
}
