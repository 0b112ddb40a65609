package io.marketbrain.provider.gate;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Trade;
import io.marketbrain.model.stream.StreamKind;
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
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Gate's channels of spot pairs, version 4, https://www.gate.com/docs/developers/apiv4/ws/en/. The changes of an order book name the
 * first and the last number that they contain and continue the numbered book of a request. Contracts have another address and are
 * not read.
 */
public final class GateFeed implements FeedAdapter {
    private static final FeedTerms TERMS = new FeedTerms(
            "wss://api.gateio.ws/ws/v4/",
            200,
            4,
            Duration.ofMillis(50),
            Duration.ofSeconds(15),
            Duration.ofDays(7),
            FeedTerms.BookStart.REQUEST);

    /** The levels a side of a requested book. */
    private static final int REQUESTED = 100;
    /** More levels would soon be used up, because those beyond the requested ones are not known. */
    private static final int DEPTH = 50;

    private static final Set<Interval> INTERVALS = Set.of(
            Interval.M1, Interval.M5, Interval.M15, Interval.M30, Interval.H1, Interval.H4, Interval.H8, Interval.D1);

    private static final String QUOTES = "spot.tickers";
    private static final String TRADES = "spot.trades";
    private static final String BOOK = "spot.order_book_update";
    private static final String BARS = "spot.candlesticks";

    /** What an error says about a pair that does not exist. */
    private static final Pattern PAIR = Pattern.compile("\\b[A-Z0-9]+_[A-Z0-9]+\\b");

    @Override
    public FeedTerms terms() {
        return TERMS;
    }

    @Override
    public boolean carries(FeedChannel channel) {
        return channel.listing().instrument().settle() == null
                && switch (channel.kind()) {
                    case StreamKind.Quotes _, StreamKind.Trades _ -> true;
                    case StreamKind.Book(int depth) -> depth <= DEPTH;
                    case StreamKind.Bars(Interval interval) -> INTERVALS.contains(interval);
                    case StreamKind.News _ -> false;
                };
    }

    @Override
    public int requestedDepth() {
        return REQUESTED;
    }

    @Override
    public String key(FeedChannel channel) {
        return switch (channel.kind()) {
            case StreamKind.Quotes _ -> key(QUOTES, channel.symbol());
            case StreamKind.Trades _ -> key(TRADES, channel.symbol());
            case StreamKind.Book _ -> key(BOOK, channel.symbol());
            case StreamKind.Bars(Interval interval) -> key(BARS, interval.wire() + "_" + channel.symbol());
            case StreamKind.News _ -> throw new IllegalArgumentException("no news");
        };
    }

    private static String key(String channel, String name) {
        return channel + " " + name;
    }

    /** One channel a message, because a pair that is not known makes the whole message fail. */
    @Override
    public List<String> subscribe(List<FeedChannel> channels) {
        return channels.stream().map(channel -> message("subscribe", channel)).toList();
    }

    @Override
    public List<String> unsubscribe(List<FeedChannel> channels) {
        return channels.stream().map(channel -> message("unsubscribe", channel)).toList();
    }

    private String message(String event, FeedChannel channel) {
        String pair = "\"" + channel.symbol() + "\"";
        String payload = switch (channel.kind()) {
            case StreamKind.Book _ -> pair + ",\"100ms\"";
            case StreamKind.Bars(Interval interval) -> "\"" + interval.wire() + "\"," + pair;
            case StreamKind.Quotes _, StreamKind.Trades _, StreamKind.News _ -> pair;
        };
        String name = key(channel).substring(0, key(channel).indexOf(' '));
        return "{\"channel\":\"" + name + "\",\"event\":\"" + event + "\",\"payload\":[" + payload + "]}";
    }

    @Override
    public Optional<String> heartbeat() {
        return Optional.of("{\"channel\":\"spot.ping\"}");
    }

    /** The time of a message must be that of the provider within 60 seconds. */
    @Override
    public String sentAt(Instant now, String message) {
        return "{\"time\":" + now.getEpochSecond() + "," + message.substring(1);
    }

    @Override
    public List<FeedSignal> parse(String message) throws MalformedPayload {
        JsonValue json = FeedJson.parse(message);
        String channel = json.at("channel").text();
        if (json.find("error").isPresent()) {
            return List.of(refused(channel, json));
        }
        if (!"update".equals(FeedJson.textOrEmpty(json, "event"))) {
            return List.of(new FeedSignal.Alive());
        }
        JsonValue result = json.at("result");
        return List.of(
                switch (channel) {
                    case QUOTES -> quote(json, result);
                    case TRADES -> trade(result);
                    case BOOK -> book(result);
                    case BARS -> bar(result);
                    default -> new FeedSignal.Alive();
                });
    }

    private static FeedSignal refused(String channel, JsonValue json) throws MalformedPayload {
        String reason = FeedJson.textOrEmpty(json.at("error"), "message");
        Matcher pair = PAIR.matcher(reason);
        return pair.find() && !BARS.equals(channel)
                ? new FeedSignal.Refused(key(channel, pair.group()), reason, true)
                : refusedPayload(channel, json, reason);
    }

    private static FeedSignal refusedPayload(String channel, JsonValue json, String reason) throws MalformedPayload {
        if (json.find("payload").isEmpty() || json.at("payload").items().isEmpty()) {
            return new FeedSignal.Reconnect("the provider refused a message: " + reason);
        }
        JsonValue payload = json.at("payload");
        String first = payload.at(0).text();
        return new FeedSignal.Refused(
                key(channel, BARS.equals(channel) ? first + "_" + payload.at(1).text() : first), reason, true);
    }

    private static FeedSignal quote(JsonValue json, JsonValue result) throws MalformedPayload {
        var fields = new FeedSignal.QuoteFields(
                result.at("last").price(),
                result.priceOrNull("highest_bid"),
                result.amountOrNull("highest_size"),
                result.priceOrNull("lowest_ask"),
                result.amountOrNull("lowest_size"),
                null,
                result.priceOrNull("high_24h"),
                result.priceOrNull("low_24h"),
                result.amountOrNull("base_volume"),
                result.amountOrNull("quote_volume"),
                json.find("time_ms").isPresent()
                        ? json.at("time_ms").epochMillis()
                        : json.at("time").epochSeconds());
        return new FeedSignal.QuoteChange(key(QUOTES, result.at("currency_pair").text()), fields, Part.WHOLE);
    }

    private static FeedSignal trade(JsonValue result) throws MalformedPayload {
        var trade = new Trade(
                result.at("id").text(),
                FeedJson.millis(result.at("create_time_ms")),
                result.at("price").price(),
                result.at("amount").size(),
                FeedJson.side(result.at("side")));
        return new FeedSignal.Prints(key(TRADES, result.at("currency_pair").text()), List.of(trade), null, false);
    }

    private static FeedSignal book(JsonValue result) throws MalformedPayload {
        long last = result.at("u").integer();
        return new FeedSignal.BookChange(
                key(BOOK, result.at("s").text()),
                FeedJson.levels(result.at("b")),
                FeedJson.levels(result.at("a")),
                result.at("U").integer() - 1,
                last - 1,
                last,
                null,
                result.at("t").epochMillis());
    }

    /** {@code v} is the volume in the quote asset; {@code w} says that the bar has closed, and may be lost. */
    private static FeedSignal bar(JsonValue result) throws MalformedPayload {
        return new FeedSignal.Bar(
                key(BARS, result.at("n").text()),
                new Candle(
                        result.at("t").epochSeconds(),
                        result.at("o").price(),
                        result.at("h").price(),
                        result.at("l").price(),
                        result.at("c").price(),
                        result.amountOrNull("a"),
                        result.amountOrNull("v"),
                        null,
                        result.find("w").isPresent() && result.at("w").bool()));
    }
}
