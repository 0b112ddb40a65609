package io.marketbrain.provider.gemini;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.MarketData.Level;
import io.marketbrain.model.MarketData.Trade;
import io.marketbrain.model.stream.StreamKind;
import io.marketbrain.provider.feed.FeedAdapter;
import io.marketbrain.provider.feed.FeedChannel;
import io.marketbrain.provider.feed.FeedJson;
import io.marketbrain.provider.feed.FeedSignal;
import io.marketbrain.provider.feed.FeedTerms;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Gemini's market data, version 2, https://docs.gemini.com/websocket/market-data/v2/about. One subscription, {@code l2}, brings the
 * trades and the order book of a symbol, which number nothing; its first message has the whole book and the latest trades. There are
 * no tickers. Candles are not read: none is ever confirmed, so each would cost a request.
 */
public final class GeminiFeed implements FeedAdapter {
    private static final FeedTerms TERMS = new FeedTerms(
            "wss://api.gemini.com/v2/marketdata",
            200,
            4,
            Duration.ofMillis(250),
            Duration.ofSeconds(15),
            Duration.ofDays(7),
            FeedTerms.BookStart.FEED);

    /** How many symbols one message names, so that it stays short. */
    private static final int BATCH = 50;

    @Override
    public FeedTerms terms() {
        return TERMS;
    }

    @Override
    public boolean carries(FeedChannel channel) {
        return switch (channel.kind()) {
            case StreamKind.Trades _, StreamKind.Book _ -> true;
            case StreamKind.Quotes _, StreamKind.Bars _, StreamKind.News _ -> false;
        };
    }

    @Override
    public String key(FeedChannel channel) {
        return switch (channel.kind()) {
            case StreamKind.Trades _ -> trades(symbol(channel));
            case StreamKind.Book _ -> book(symbol(channel));
            case StreamKind.Quotes _, StreamKind.Bars _, StreamKind.News _ ->
                throw new IllegalArgumentException("no " + channel.kind().wire());
        };
    }

    private static String trades(String symbol) {
        return "trade " + symbol;
    }

    private static String book(String symbol) {
        return "book " + symbol;
    }

    private static String symbol(FeedChannel channel) {
        return channel.symbol().toUpperCase(Locale.ROOT);
    }

    @Override
    public String subscription(FeedChannel channel) {
        return symbol(channel);
    }

    @Override
    public List<String> subscribe(List<FeedChannel> channels) {
        return messages("subscribe", channels);
    }

    @Override
    public List<String> unsubscribe(List<FeedChannel> channels) {
        return messages("unsubscribe", channels);
    }

    private static List<String> messages(String type, List<FeedChannel> channels) {
        List<String> symbols = FeedJson.quoted(channels, GeminiFeed::symbol);
        String head = "{\"type\":\"" + type + "\",\"subscriptions\":[{\"name\":\"l2\",\"symbols\":[";
        return FeedJson.batches(symbols, BATCH, head, "]}]}");
    }

    @Override
    public boolean sendsUncheckedBooks() {
        return true;
    }

    @Override
    public List<FeedSignal> parse(String message) throws MalformedPayload {
        JsonValue json = FeedJson.parse(message);
        if ("error".equals(FeedJson.textOrEmpty(json, "result"))) {
            return List.of(new FeedSignal.Reconnect(
                    "the provider refused a message: " + FeedJson.textOrEmpty(json, "reason")));
        }
        return switch (json.at("type").text()) {
            case "l2_updates" -> changes(json);
            case "trade" -> List.of(prints(json.at("symbol").text(), List.of(trade(json)), false));
            default -> List.of(new FeedSignal.Alive());
        };
    }

    private static List<FeedSignal> changes(JsonValue json) throws MalformedPayload {
        String symbol = json.at("symbol").text();
        List<Level> bids = new ArrayList<>();
        List<Level> asks = new ArrayList<>();
        for (JsonValue row : json.at("changes").items()) {
            ("buy".equals(row.at(0).text()) ? bids : asks)
                    .add(new Level(row.at(1).price(), row.at(2).amount()));
        }
        if (json.find("trades").isEmpty()) {
            return List.of(new FeedSignal.BookChange(book(symbol), bids, asks, null, null, null, null, null));
        }
        List<Trade> trades = FeedJson.each(json.at("trades").items().reversed(), GeminiFeed::trade);
        return List.of(
                new FeedSignal.BookSnapshot(book(symbol), bids, asks, null, null, null), prints(symbol, trades, true));
    }

    private static FeedSignal prints(String symbol, List<Trade> trades, boolean snapshot) {
        return new FeedSignal.Prints(trades(symbol), trades, null, snapshot);
    }

    private static Trade trade(JsonValue row) throws MalformedPayload {
        return FeedJson.trade(row, "event_id", "timestamp", "price", "quantity", "side");
    }
}
