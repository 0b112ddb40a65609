package io.marketbrain.provider.bitstamp;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.MarketData.Side;
import io.marketbrain.model.MarketData.Trade;
import io.marketbrain.model.stream.StreamKind;
import io.marketbrain.provider.feed.FeedAdapter;
import io.marketbrain.provider.feed.FeedChannel;
import io.marketbrain.provider.feed.FeedJson;
import io.marketbrain.provider.feed.FeedSignal;
import io.marketbrain.provider.feed.FeedTerms;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Bitstamp's public channels, version 2, https://www.bitstamp.net/websocket/v2/. A key is the name of a channel. Order books are
 * the channel of whole books with 100 levels: the one of changes numbers nothing, so that a missing change would stay unnoticed.
 * There are no tickers and no candles.
 */
public final class BitstampFeed implements FeedAdapter {
    /** Documented: closed after 90 days. The limits on subscriptions are not documented. */
    private static final FeedTerms TERMS = new FeedTerms(
            "wss://ws.bitstamp.net",
            100,
            4,
            Duration.ofMillis(100),
            Duration.ofSeconds(15),
            Duration.ofDays(89),
            FeedTerms.BookStart.FEED);

    /** The levels a side of a book. */
    private static final int DEPTH = 100;

    private static final String TRADES = "live_trades_";
    private static final String BOOK = "order_book_";

    @Override
    public FeedTerms terms() {
        return TERMS;
    }

    @Override
    public boolean carries(FeedChannel channel) {
        return switch (channel.kind()) {
            case StreamKind.Trades _ -> true;
            case StreamKind.Book(int depth) -> depth <= DEPTH;
            case StreamKind.Quotes _, StreamKind.Bars _, StreamKind.News _ -> false;
        };
    }

    @Override
    public String key(FeedChannel channel) {
        return switch (channel.kind()) {
            case StreamKind.Trades _ -> TRADES + channel.symbol();
            case StreamKind.Book _ -> BOOK + channel.symbol();
            case StreamKind.Quotes _, StreamKind.Bars _, StreamKind.News _ ->
                throw new IllegalArgumentException("no " + channel.kind().wire());
        };
    }

    @Override
    public List<String> subscribe(List<FeedChannel> channels) {
        return messages("bts:subscribe", channels);
    }

    @Override
    public List<String> unsubscribe(List<FeedChannel> channels) {
        return messages("bts:unsubscribe", channels);
    }

    private List<String> messages(String event, List<FeedChannel> channels) {
        return channels.stream()
                .map(channel -> "{\"event\":\"" + event + "\",\"data\":{\"channel\":\"" + key(channel) + "\"}}")
                .toList();
    }

    @Override
    public Optional<String> heartbeat() {
        return Optional.of("{\"event\":\"bts:heartbeat\"}");
    }

    @Override
    public List<FeedSignal> parse(String message) throws MalformedPayload {
        JsonValue json = FeedJson.parse(message);
        String channel = FeedJson.textOrEmpty(json, "channel");
        return List.of(
                switch (json.at("event").text()) {
                    case "trade" -> trade(channel, json.at("data"));
                    case "data" -> channel.startsWith(BOOK) ? book(channel, json.at("data")) : new FeedSignal.Alive();
                    case "bts:request_reconnect" -> new FeedSignal.Reconnect("the provider closes the connection");
                    case "bts:error" -> error(channel, json);
                    default -> new FeedSignal.Alive();
                });
    }

    private static FeedSignal error(String channel, JsonValue json) throws MalformedPayload {
        String reason = FeedJson.textOrEmpty(json.at("data"), "message");
        return channel.isEmpty()
                ? new FeedSignal.Reconnect("the provider refused a message: " + reason)
                : new FeedSignal.Refused(channel, reason, true);
    }

    /** The texts have the digits that the numbers beside them lost. */
    private static FeedSignal trade(String channel, JsonValue data) throws MalformedPayload {
        var trade = new Trade(
                data.at("id").text(),
                FeedJson.micros(data.at("microtimestamp")),
                data.at("price_str").price(),
                data.at("amount_str").size(),
                data.at("type").integer() == 0 ? Side.BUY : Side.SELL);
        return new FeedSignal.Prints(channel, List.of(trade), null, false);
    }

    private static FeedSignal book(String channel, JsonValue data) throws MalformedPayload {
        Instant time = FeedJson.micros(data.at("microtimestamp"));
        return new FeedSignal.BookSnapshot(
                channel,
                FeedJson.levels(data.at("bids")),
                FeedJson.levels(data.at("asks")),
                data.at("microtimestamp").integer(),
                null,
                time);
    }
}
