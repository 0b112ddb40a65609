package io.marketbrain.provider.bybit;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Level;
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
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Bybit's public channels, version 5, https://bybit-exchange.github.io/docs/v5/ws/connect. A key is the name of a topic. The
 * updates of an order book have consecutive numbers. Spot pairs and the two sorts of contracts have an address each.
 */
public final class BybitFeed implements FeedAdapter {
    private enum Market {
        SPOT("spot"),
        /** Swaps and futures settled in the quote. */
        LINEAR("linear"),
        /** Swaps and futures settled in the base. */
        INVERSE("inverse");

        private final String path;

        Market(String path) {
            this.path = path;
        }

        private FeedTerms terms() {
            return new FeedTerms(
                    "wss://stream.bybit.com/v5/public/" + path,
                    500,
                    4,
                    Duration.ofMillis(50),
                    Duration.ofSeconds(20),
                    Duration.ofDays(7),
                    FeedTerms.BookStart.FEED);
        }
    }

    /** Documented for spot pairs: ten topics a message. */
    private static final int BATCH = 10;

    private static final int DEPTH = 200;

    /** Tickers of spot pairs have no bid and ask: these are the first level, which is always sent whole. */
    private static final String TICKERS = "tickers.";

    private static final String FIRST_LEVEL = "orderbook.1.";

    private static final Map<Interval, String> INTERVALS = Map.ofEntries(
            Map.entry(Interval.M1, "1"),
            Map.entry(Interval.M3, "3"),
            Map.entry(Interval.M5, "5"),
            Map.entry(Interval.M15, "15"),
            Map.entry(Interval.M30, "30"),
            Map.entry(Interval.H1, "60"),
            Map.entry(Interval.H2, "120"),
            Map.entry(Interval.H4, "240"),
            Map.entry(Interval.H6, "360"),
            Map.entry(Interval.H12, "720"),
            Map.entry(Interval.D1, "D"),
            Map.entry(Interval.W1, "W"),
            Map.entry(Interval.MO1, "M"));

    private static final Pattern TOPIC = Pattern.compile("(?:tickers|publicTrade|orderbook|kline)\\.[\\w.-]+");

    private final Market market;
    private final FeedTerms terms;

    private BybitFeed(Market market) {
        this.market = market;
        this.terms = market.terms();
    }

    /** The feeds of all markets. */
    public static List<FeedAdapter> all() {
        return List.of(new BybitFeed(Market.SPOT), new BybitFeed(Market.LINEAR), new BybitFeed(Market.INVERSE));
    }

    @Override
    public FeedTerms terms() {
        return terms;
    }

    @Override
    public boolean carries(FeedChannel channel) {
        return market == market(channel.listing().instrument())
                && switch (channel.kind()) {
                    case StreamKind.Trades _, StreamKind.Quotes _ -> true;
                    case StreamKind.Book(int depth) -> depth <= DEPTH;
                    case StreamKind.Bars(Interval interval) -> INTERVALS.containsKey(interval);
                    case StreamKind.News _ -> false;
                };
    }

    private static Market market(Instrument instrument) {
        String settle = instrument.settle();
        if (settle == null) {
            return Market.SPOT;
        }
        return settle.equals(instrument.base()) ? Market.INVERSE : Market.LINEAR;
    }

    @Override
    public String key(FeedChannel channel) {
        String symbol = market == Market.SPOT ? channel.symbol() : channel.contract();
        return switch (channel.kind()) {
            case StreamKind.Quotes _ -> TICKERS + symbol;
            case StreamKind.Trades _ -> "publicTrade." + symbol;
            case StreamKind.Book _ -> "orderbook." + DEPTH + "." + symbol;
            case StreamKind.Bars(Interval interval) -> "kline." + INTERVALS.get(interval) + "." + symbol;
            case StreamKind.News _ -> throw new IllegalArgumentException("no news");
        };
    }

    @Override
    public int bookDepth(StreamKind.Book kind) {
        return DEPTH;
    }

    @Override
    public List<String> subscribe(List<FeedChannel> channels) {
        return messages("subscribe", channels);
    }

    @Override
    public List<String> unsubscribe(List<FeedChannel> channels) {
        return messages("unsubscribe", channels);
    }

    private List<String> messages(String op, List<FeedChannel> channels) {
        List<String> topics = new ArrayList<>();
        for (FeedChannel channel : channels) {
            topics.add('"' + key(channel) + '"');
            if (market == Market.SPOT && channel.kind() instanceof StreamKind.Quotes) {
                topics.add('"' + FIRST_LEVEL + channel.symbol() + '"');
            }
        }
        return FeedJson.operations(op, topics, BATCH);
    }

    @Override
    public Optional<String> heartbeat() {
        return Optional.of("{\"op\":\"ping\"}");
    }

    @Override
    public List<FeedSignal> parse(String message) throws MalformedPayload {
        JsonValue json = FeedJson.parse(message);
        if (json.find("topic").isEmpty()) {
            return List.of(answer(json));
        }
        String topic = json.at("topic").text();
        if (isFirstLevel(topic)) {
            return List.of(bidAndAsk(quoteOrOther(topic), json));
        }
        return switch (topic.substring(0, topic.indexOf('.') < 0 ? topic.length() : topic.indexOf('.'))) {
            case "tickers" -> List.of(quote(topic, json));
            case "publicTrade" -> List.of(trades(topic, json.at("data").items()));
            case "orderbook" -> List.of(book(topic, json));
            case "kline" -> FeedJson.each(json.at("data").items(), row -> bar(topic, row));
            default -> List.of(new FeedSignal.Alive());
        };
    }

    private boolean isFirstLevel(String topic) {
        return market == Market.SPOT && topic.startsWith(FIRST_LEVEL);
    }

    /** The key of the channel that a topic is subscribed for: the first level of a book is part of a quote. */
    private String quoteOrOther(String topic) {
        return isFirstLevel(topic) ? TICKERS + topic.substring(FIRST_LEVEL.length()) : topic;
    }

    private FeedSignal answer(JsonValue json) throws MalformedPayload {
        if (json.find("success").isEmpty() || json.at("success").bool()) {
            return new FeedSignal.Alive();
        }
        String reason = FeedJson.textOrEmpty(json, "ret_msg");
        Matcher topic = TOPIC.matcher(reason);
        return topic.find()
                ? new FeedSignal.Refused(quoteOrOther(topic.group()), reason, true)
                : new FeedSignal.Reconnect("the provider refused a message: " + reason);
    }

    /** Volumes are in the base: what is settled in the base has them where the others have those in the quote. */
    private FeedSignal quote(String topic, JsonValue json) throws MalformedPayload {
        JsonValue data = json.at("data");
        boolean inverse = market == Market.INVERSE;
        var fields = new FeedSignal.QuoteFields(
                data.priceOrNull("lastPrice"),
                data.priceOrNull("bid1Price"),
                data.amountOrNull("bid1Size"),
                data.priceOrNull("ask1Price"),
                data.amountOrNull("ask1Size"),
                data.priceOrNull("prevPrice24h"),
                data.priceOrNull("highPrice24h"),
                data.priceOrNull("lowPrice24h"),
                data.amountOrNull(inverse ? "turnover24h" : "volume24h"),
                data.amountOrNull(inverse ? "volume24h" : "turnover24h"),
                json.at("ts").epochMillis());
        boolean changes =
                market == Market.SPOT || "delta".equals(json.at("type").text());
        return new FeedSignal.QuoteChange(topic, fields, changes ? Part.CHANGES : Part.WHOLE);
    }

    /** The first level of a book, which is always sent whole: a side that it lacks is empty. */
    private static FeedSignal bidAndAsk(String key, JsonValue json) throws MalformedPayload {
        Level bid =
                FeedJson.levels(json.at("data").at("b")).stream().findFirst().orElse(null);
        Level ask =
                FeedJson.levels(json.at("data").at("a")).stream().findFirst().orElse(null);
        var fields =
                FeedSignal.QuoteFields.ofLevels(null, bid, ask, json.at("ts").epochMillis());
        return new FeedSignal.QuoteChange(key, fields, Part.BID_AND_ASK);
    }

    private static FeedSignal trades(String topic, List<JsonValue> rows) throws MalformedPayload {
        return new FeedSignal.Prints(
                topic, FeedJson.each(rows, row -> FeedJson.trade(row, "i", "T", "p", "v", "S")), null, false);
    }

    /** A delta with the number 1 is a whole book, after a restart of the service. */
    private static FeedSignal book(String topic, JsonValue json) throws MalformedPayload {
        JsonValue data = json.at("data");
        long number = data.at("u").integer();
        var bids = FeedJson.levels(data.at("b"));
        var asks = FeedJson.levels(data.at("a"));
        var time = json.at("ts").epochMillis();
        return number == 1 || "snapshot".equals(json.at("type").text())
                ? new FeedSignal.BookSnapshot(topic, bids, asks, number, null, time)
                : new FeedSignal.BookChange(topic, bids, asks, number - 1, number - 1, number, null, time);
    }

    private FeedSignal bar(String topic, JsonValue row) throws MalformedPayload {
        boolean inverse = market == Market.INVERSE;
        return new FeedSignal.Bar(
                topic,
                new Candle(
                        row.at("start").epochMillis(),
                        row.at("open").price(),
                        row.at("high").price(),
                        row.at("low").price(),
                        row.at("close").price(),
                        row.at(inverse ? "turnover" : "volume").amount(),
                        row.at(inverse ? "volume" : "turnover").amount(),
                        null,
                        row.at("confirm").bool()));
    }
}
