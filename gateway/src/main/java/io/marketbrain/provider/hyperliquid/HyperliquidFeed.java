package io.marketbrain.provider.hyperliquid;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.MarketData.Level;
import io.marketbrain.model.MarketData.Side;
import io.marketbrain.model.MarketData.Trade;
import io.marketbrain.model.stream.StreamKind;
import io.marketbrain.provider.CheckedText;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Hyperliquid's subscriptions, https://hyperliquid.gitbook.io/hyperliquid-docs/for-developers/api/websocket. Every message about
 * an order book is a whole book of 20 levels; nothing is numbered.
 */
public final class HyperliquidFeed implements FeedAdapter {
    /** Documented: 1000 subscriptions and 2000 messages a minute; a connection without messages is closed after a minute. */
    private static final FeedTerms TERMS = new FeedTerms(
            "wss://api.hyperliquid.xyz/ws",
            250,
            4,
            Duration.ofMillis(50),
            Duration.ofSeconds(20),
            Duration.ofDays(7),
            FeedTerms.BookStart.FEED);

    private static final int DEPTH = 20;

    private static final BigDecimal HALF = new BigDecimal("0.5");

    private static final Pattern TYPE = Pattern.compile("\"type\":\\s*\"(\\w+)\"");
    private static final Pattern COIN = Pattern.compile("\"coin\":\\s*\"([\\w@/:.-]+)\"");

    @Override
    public FeedTerms terms() {
        return TERMS;
    }

    /** Bars are built from trades, because no message says that a bar has closed. */
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

    private static String key(String type, String coin) {
        return type + " " + coin;
    }

    private static String name(StreamKind kind) {
        return switch (kind) {
            case StreamKind.Quotes _ -> "bbo";
            case StreamKind.Trades _ -> "trades";
            case StreamKind.Book _ -> "l2Book";
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

    private static List<String> messages(String method, List<FeedChannel> channels) {
        return channels.stream()
                .map(channel -> "{\"method\":\"" + method + "\",\"subscription\":{\"type\":\"" + name(channel.kind())
                        + "\",\"coin\":\"" + channel.symbol() + "\"}}")
                .toList();
    }

    @Override
    public Optional<String> heartbeat() {
        return Optional.of("{\"method\":\"ping\"}");
    }

    @Override
    public List<FeedSignal> parse(String message) throws MalformedPayload {
        JsonValue json = FeedJson.parse(message);
        String channel = json.at("channel").text();
        return List.of(
                switch (channel) {
                    case "bbo" -> quote(json.at("data"));
                    case "trades" -> trades(json.at("data"));
                    case "l2Book" -> book(json.at("data"));
                    case "subscriptionResponse" -> response(json.at("data"));
                    case "error" -> error(json.at("data").text());
                    default -> new FeedSignal.Alive();
                });
    }

    private static FeedSignal response(JsonValue data) throws MalformedPayload {
        JsonValue of = data.at("subscription");
        return "subscribe".equals(data.at("method").text())
                ? new FeedSignal.Accepted(key(of.at("type").text(), FeedJson.textOrEmpty(of, "coin")))
                : new FeedSignal.Alive();
    }

    /** An error repeats the request in its text. */
    private static FeedSignal error(String text) {
        if (text.startsWith("Already")) {
            return new FeedSignal.Alive(); // already subscribed, or unsubscribed
        }
        Matcher type = TYPE.matcher(text);
        Matcher coin = COIN.matcher(text);
        return type.find() && coin.find()
                ? new FeedSignal.Refused(key(type.group(1), coin.group(1)), text, true)
                : new FeedSignal.Reconnect("the provider rejected a message: " + text);
    }

    /** The price is the middle of bid and ask, as in the REST API. */
    private static FeedSignal quote(JsonValue data) throws MalformedPayload {
        Level bid = level(data.at("bbo"), 0);
        Level ask = level(data.at("bbo"), 1);
        BigDecimal middle =
                bid == null || ask == null ? null : bid.price().add(ask.price()).multiply(HALF);
        var fields = FeedSignal.QuoteFields.ofLevels(
                middle, bid, ask, data.at("time").epochMillis());
        return new FeedSignal.QuoteChange(key("bbo", data.at("coin").text()), fields, Part.WHOLE);
    }

    private static @Nullable Level level(JsonValue sides, int side) throws MalformedPayload {
        JsonValue level = sides.at(side);
        return level.isNull() ? null : level(level);
    }

    private static Level level(JsonValue level) throws MalformedPayload {
        return new Level(level.at("px").price(), level.at("sz").amount());
    }

    /** The first message after a subscription has recent trades. */
    private static FeedSignal trades(JsonValue rows) throws MalformedPayload {
        List<Trade> trades = new ArrayList<>();
        String coin = "";
        for (JsonValue row : rows.items()) {
            coin = row.at("coin").text();
            trades.add(new Trade(
                    CheckedText.id(row.at("tid")),
                    row.at("time").epochMillis(),
                    row.at("px").price(),
                    row.at("sz").size(),
                    "B".equals(row.at("side").text()) ? Side.BUY : Side.SELL));
        }
        return new FeedSignal.Prints(key("trades", coin), FeedJson.oldestFirst(trades), null, false);
    }

    private static FeedSignal book(JsonValue data) throws MalformedPayload {
        return new FeedSignal.BookSnapshot(
                key("l2Book", data.at("coin").text()),
                levels(data.at("levels").at(0)),
                levels(data.at("levels").at(1)),
                null,
                null,
                data.at("time").epochMillis());
    }

    private static List<Level> levels(JsonValue rows) throws MalformedPayload {
        List<Level> levels = new ArrayList<>();
        for (JsonValue row : rows.items()) {
            levels.add(level(row));
        }
        return levels;
    }
}
