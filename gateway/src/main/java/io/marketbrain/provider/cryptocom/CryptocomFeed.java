package io.marketbrain.provider.cryptocom;

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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Crypto.com's market data, https://exchange-docs.crypto.com/exchange/v1/rest-ws/index.html#websocket-subscriptions. A key is the
 * name of a subscription. Changes of an order book name the number before them; the provider's heartbeats must be answered.
 */
public final class CryptocomFeed implements FeedAdapter {
    /** Documented: 400 subscriptions a connection, 100 messages a second, a heartbeat every 30 seconds. */
    private static final FeedTerms TERMS = new FeedTerms(
            "wss://stream.crypto.com/exchange/v1/market",
            400,
            4,
            Duration.ofMillis(50),
            Duration.ofSeconds(30),
            Duration.ofDays(7),
            FeedTerms.BookStart.FEED);

    /** The levels that the REST API and the subscription have. */
    private static final int DEPTH = 50;

    private static final Pattern SUBSCRIPTION = Pattern.compile("(?:ticker|trade|book)\\.[\\w.-]+");

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
        return switch (channel.kind()) {
            case StreamKind.Quotes _ -> "ticker." + channel.symbol();
            case StreamKind.Trades _ -> "trade." + channel.symbol();
            case StreamKind.Book _ -> "book." + channel.symbol() + "." + DEPTH;
            case StreamKind.Bars _, StreamKind.News _ ->
                throw new IllegalArgumentException("no " + channel.kind().wire());
        };
    }

    @Override
    public int bookDepth(StreamKind.Book kind) {
        return DEPTH;
    }

    /** One subscription a message, because an error concerns a whole message. */
    @Override
    public List<String> subscribe(List<FeedChannel> channels) {
        return channels.stream()
                .map(channel -> {
                    String book = channel.kind() instanceof StreamKind.Book
                            ? ",\"book_subscription_type\":\"SNAPSHOT_AND_UPDATE\",\"book_update_frequency\":100"
                            : "";
                    return message("subscribe", channel, book);
                })
                .toList();
    }

    @Override
    public List<String> unsubscribe(List<FeedChannel> channels) {
        return channels.stream()
                .map(channel -> message("unsubscribe", channel, ""))
                .toList();
    }

    private String message(String method, FeedChannel channel, String more) {
        return "{\"id\":1,\"method\":\"" + method + "\",\"params\":{\"channels\":[\"" + key(channel) + "\"]" + more
                + "}}";
    }

    @Override
    public List<FeedSignal> parse(String message) throws MalformedPayload {
        JsonValue json = FeedJson.parse(message);
        if ("public/heartbeat".equals(json.at("method").text())) {
            return List.of(new FeedSignal.Reply(
                    "{\"id\":" + json.at("id").integer() + ",\"method\":\"public/respond-heartbeat\"}"));
        }
        if (json.at("code").integer() != 0) {
            return List.of(error(json, message));
        }
        if (json.find("result").isEmpty() || json.at("result").find("data").isEmpty()) {
            return List.of(new FeedSignal.Alive());
        }
        JsonValue result = json.at("result");
        String key = result.at("subscription").text();
        JsonValue data = result.at("data");
        List<FeedSignal> signals = new ArrayList<>();
        switch (result.at("channel").text()) {
            case "ticker" -> {
                for (JsonValue row : data.items()) {
                    signals.add(quote(key, row));
                }
            }
            case "trade" -> signals.add(trades(key, data, json.at("id").integer() >= 0));
            case "book" -> {
                for (JsonValue row : data.items()) {
                    signals.add(snapshot(key, row));
                }
            }
            case "book.update" -> {
                for (JsonValue row : data.items()) {
                    signals.add(change(key, row));
                }
            }
            default -> signals.add(new FeedSignal.Alive());
        }
        return signals;
    }

    /** An error names its subscription, or repeats the request that does. */
    private static FeedSignal error(JsonValue json, String message) throws MalformedPayload {
        String reason = FeedJson.textOrEmpty(json, "message");
        boolean tooMany = json.at("code").integer() == 42_901;
        Matcher subscription = SUBSCRIPTION.matcher(message);
        return subscription.find()
                ? new FeedSignal.Refused(subscription.group(), reason, !tooMany)
                : new FeedSignal.Reconnect("the provider rejected a message: " + reason);
    }

    /** The turnover is in dollars whatever the quote currency, so it is left out. */
    private static FeedSignal quote(String key, JsonValue row) throws MalformedPayload {
        var fields = new FeedSignal.QuoteFields(
                row.priceOrNull("a"),
                row.priceOrNull("b"),
                row.amountOrNull("bs"),
                row.priceOrNull("k"),
                row.amountOrNull("ks"),
                null,
                row.priceOrNull("h"),
                row.priceOrNull("l"),
                row.amountOrNull("v"),
                null,
                row.at("t").epochMillis());
        return new FeedSignal.QuoteChange(key, fields, Part.WHOLE);
    }

    /** @param snapshot whether this is the answer to the subscription, which has the last 50 trades */
    private static FeedSignal trades(String key, JsonValue rows, boolean snapshot) throws MalformedPayload {
        List<Trade> trades = new ArrayList<>();
        for (JsonValue row : rows.items()) {
            trades.add(new Trade(
                    CheckedText.id(row.at("d")),
                    row.at("t").epochMillis(),
                    row.at("p").price(),
                    row.at("q").size(),
                    "BUY".equalsIgnoreCase(row.at("s").text()) ? Side.BUY : Side.SELL));
        }
        return new FeedSignal.Prints(key, FeedJson.oldestFirst(trades), null, snapshot);
    }

    private static FeedSignal snapshot(String key, JsonValue row) throws MalformedPayload {
        return new FeedSignal.BookSnapshot(
                key,
                FeedJson.levels(row.at("bids")),
                FeedJson.levels(row.at("asks")),
                row.at("u").integer(),
                null,
                row.at("t").epochMillis());
    }

    /** Changes without levels only carry the numbers on. */
    private static FeedSignal change(String key, JsonValue row) throws MalformedPayload {
        List<Level> bids = FeedJson.levels(row.at("update").at("bids"));
        List<Level> asks = FeedJson.levels(row.at("update").at("asks"));
        long previous = row.at("pu").integer();
        long number = row.at("u").integer();
        return new FeedSignal.BookChange(
                key,
                bids,
                asks,
                previous,
                Math.max(previous, number - 1),
                number,
                null,
                row.at("t").epochMillis());
    }
}
