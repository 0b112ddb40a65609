package io.marketbrain.provider.binance;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
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
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Binance's market streams, https://developers.binance.com/docs/binance-spot-api-docs/web-socket-streams. A key is the name of a
 * stream. Order books start with a request, whose {@code lastUpdateId} the changes continue.
 */
public final class BinanceFeed implements FeedAdapter {
    /** Documented: 1024 streams a connection, 5 messages a second, 24 hours, pings every 20 seconds. */
    private static final FeedTerms TERMS = new FeedTerms(
            "wss://stream.binance.com:9443/stream",
            1024,
            4,
            Duration.ofMillis(250),
            Duration.ofSeconds(20),
            Duration.ofHours(23),
            FeedTerms.BookStart.REQUEST);

    /** How many streams one message names, so that it stays short. */
    private static final int BATCH = 100;

    private static final String DATA = "data";

    @Override
    public FeedTerms terms() {
        return TERMS;
    }

    @Override
    public boolean carries(FeedChannel channel) {
        return switch (channel.kind()) {
            case StreamKind.Quotes _, StreamKind.Trades _ -> true;
            case StreamKind.Book(int depth) -> depth <= 500;
            case StreamKind.Bars(Interval interval) -> interval != Interval.S5 && interval != Interval.S15;
            case StreamKind.News _ -> false;
        };
    }

    @Override
    public String key(FeedChannel channel) {
        String symbol = channel.symbol().toLowerCase(Locale.ROOT);
        return switch (channel.kind()) {
            case StreamKind.Quotes _ -> symbol + "@ticker";
            case StreamKind.Trades _ -> symbol + "@trade";
            case StreamKind.Book _ -> symbol + "@depth@100ms";
            case StreamKind.Bars(Interval interval) -> symbol + "@kline_" + interval.wire();
            case StreamKind.News _ -> throw new IllegalArgumentException("no news");
        };
    }

    @Override
    public List<String> subscribe(List<FeedChannel> channels) {
        return messages("SUBSCRIBE", channels);
    }

    @Override
    public List<String> unsubscribe(List<FeedChannel> channels) {
        return messages("UNSUBSCRIBE", channels);
    }

    private List<String> messages(String method, List<FeedChannel> channels) {
        List<String> streams = FeedJson.quoted(channels, this::key);
        return FeedJson.batches(streams, BATCH, "{\"method\":\"" + method + "\",\"params\":[", "],\"id\":1}");
    }

    @Override
    public List<FeedSignal> parse(String message) throws MalformedPayload {
        JsonValue json = FeedJson.parse(message);
        if (json.find("stream").isPresent()) {
            return List.of(event(json.at("stream").text(), json.at(DATA)));
        }
        if (json.find("result").isPresent()
                || (json.findMember("id").isPresent() && json.find("error").isEmpty())) {
            return List.of(new FeedSignal.Alive());
        }
        return List.of(new FeedSignal.Reconnect("the provider refused a message: " + json));
    }

    private static FeedSignal event(String stream, JsonValue data) throws MalformedPayload {
        return switch (data.find("e").isPresent() ? data.at("e").text() : "") {
            case "24hrTicker" -> quote(stream, data);
            case "trade" -> trade(stream, data);
            case "depthUpdate" -> book(stream, data);
            case "kline" -> bar(stream, data.at("k"));
            case "serverShutdown" -> new FeedSignal.Reconnect("the provider is about to close the connection");
            default -> new FeedSignal.Alive();
        };
    }

    private static FeedSignal quote(String stream, JsonValue data) throws MalformedPayload {
        var fields = new FeedSignal.QuoteFields(
                data.at("c").price(),
                data.priceOrNull("b"),
                data.priceOrNull("B"),
                data.priceOrNull("a"),
                data.priceOrNull("A"),
                data.priceOrNull("o"),
                data.priceOrNull("h"),
                data.priceOrNull("l"),
                data.amountOrNull("v"),
                data.amountOrNull("q"),
                data.at("C").epochMillis());
        return new FeedSignal.QuoteChange(stream, fields, Part.WHOLE);
    }

    private static FeedSignal trade(String stream, JsonValue data) throws MalformedPayload {
        long id = data.at("t").integer();
        var trade = new Trade(
                Long.toString(id),
                data.at("T").epochMillis(),
                data.at("p").price(),
                data.at("q").size(),
                data.at("m").bool() ? Side.SELL : Side.BUY);
        return new FeedSignal.Prints(stream, List.of(trade), id, false);
    }

    private static FeedSignal book(String stream, JsonValue data) throws MalformedPayload {
        long last = data.at("u").integer();
        return new FeedSignal.BookChange(
                stream,
                FeedJson.levels(data.at("b")),
                FeedJson.levels(data.at("a")),
                data.at("U").integer() - 1,
                last - 1,
                last,
                null,
                data.at("E").epochMillis());
    }

    private static FeedSignal bar(String stream, JsonValue k) throws MalformedPayload {
        return new FeedSignal.Bar(
                stream,
                new Candle(
                        k.at("t").epochMillis(),
                        k.at("o").price(),
                        k.at("h").price(),
                        k.at("l").price(),
                        k.at("c").price(),
                        k.at("v").amount(),
                        k.at("q").amount(),
                        k.at("n").integer(),
                        k.at("x").bool()));
    }
}
