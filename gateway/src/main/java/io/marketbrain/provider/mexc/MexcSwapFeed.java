package io.marketbrain.provider.mexc;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.stream.StreamKind;
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
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * MEXC's channels of swaps, https://mexcdevelop.github.io/apidocs/contract_v1_en/#websocket-api. Sizes are numbers of contracts.
 * Order books start with a request, whose {@code version} the changes continue, each by one or, merged, by a range.
 */
final class MexcSwapFeed implements FeedAdapter {
    /** Documented: closed after a minute without a message; a ping every 10 to 20 seconds. */
    private static final FeedTerms TERMS = new FeedTerms(
            "wss://contract.mexc.com/edge",
            100,
            4,
            Duration.ofMillis(100),
            Duration.ofSeconds(15),
            Duration.ofHours(23),
            FeedTerms.BookStart.REQUEST);

    /** The most levels that the 1000 requested ones keep filled. */
    private static final int DEPTH = 500;

    private static final Map<Interval, String> INTERVALS = Map.of(
            Interval.M1, "Min1",
            Interval.M5, "Min5",
            Interval.M15, "Min15",
            Interval.M30, "Min30",
            Interval.H1, "Min60",
            Interval.H4, "Hour4",
            Interval.D1, "Day1",
            Interval.W1, "Week1",
            Interval.MO1, "Month1");

    /** A contract in the text of an error: {@code Contract [X_USDT] not exists}. */
    private static final Pattern CONTRACT = Pattern.compile("\\[(\\w+)]");

    @Override
    public FeedTerms terms() {
        return TERMS;
    }

    /** Bars are the provider's, because sums over trades would count contracts. */
    @Override
    public boolean carries(FeedChannel channel) {
        return channel.listing().instrument().settle() != null
                && switch (channel.kind()) {
                    case StreamKind.Quotes _, StreamKind.Trades _ -> true;
                    case StreamKind.Book(int depth) -> depth <= DEPTH;
                    case StreamKind.Bars(Interval interval) -> INTERVALS.containsKey(interval);
                    case StreamKind.News _ -> false;
                };
    }

    @Override
    public String key(FeedChannel channel) {
        String interval = channel.kind() instanceof StreamKind.Bars(Interval of) ? " " + INTERVALS.get(of) : "";
        return name(channel.kind()) + " " + symbol(channel) + interval;
    }

    private static String symbol(FeedChannel channel) {
        Instrument instrument = channel.listing().instrument();
        return instrument.base() + "_" + instrument.quote();
    }

    private static String name(StreamKind kind) {
        return switch (kind) {
            case StreamKind.Quotes _ -> "ticker";
            case StreamKind.Trades _ -> "deal";
            case StreamKind.Book _ -> "depth";
            case StreamKind.Bars _ -> "kline";
            case StreamKind.News _ -> throw new IllegalArgumentException("no news");
        };
    }

    @Override
    public List<String> subscribe(List<FeedChannel> channels) {
        return messages("sub.", channels);
    }

    @Override
    public List<String> unsubscribe(List<FeedChannel> channels) {
        return messages("unsub.", channels);
    }

    private static List<String> messages(String op, List<FeedChannel> channels) {
        return channels.stream()
                .map(channel -> {
                    String interval = channel.kind() instanceof StreamKind.Bars(Interval of)
                            ? ",\"interval\":\"" + INTERVALS.get(of) + "\""
                            : "";
                    return "{\"method\":\"" + op + name(channel.kind()) + "\",\"param\":{\"symbol\":\""
                            + symbol(channel) + "\"" + interval + "}}";
                })
                .toList();
    }

    @Override
    public Optional<String> heartbeat() {
        return Optional.of("{\"method\":\"ping\"}");
    }

    @Override
    public List<FeedSignal> parse(String message) throws MalformedPayload {
        JsonValue json = FeedJson.parse(message);
        return switch (json.at("channel").text()) {
            case "push.ticker" -> List.of(quote(json));
            case "push.deal" -> List.of(MexcTrades.ofContracts(key("deal", json), json.at("data")));
            case "push.depth" -> List.of(book(json));
            case "push.kline" -> List.of(bar(json));
            case "rs.error" -> error(json.at("data").text());
            default -> List.of(new FeedSignal.Alive());
        };
    }

    private static String key(String name, JsonValue json) throws MalformedPayload {
        return name + " " + json.at("symbol").text();
    }

    /** An error names the contract, if anything, and not the channel. */
    private static List<FeedSignal> error(String text) {
        Matcher contract = CONTRACT.matcher(text);
        if (!contract.find()) {
            return List.of(new FeedSignal.Reconnect("the provider rejected a message: " + text));
        }
        String symbol = contract.group(1);
        List<FeedSignal> signals = new ArrayList<>();
        for (String name : List.of("ticker", "deal", "depth")) {
            signals.add(new FeedSignal.Refused(name + " " + symbol, text, true));
        }
        for (String interval : INTERVALS.values()) {
            signals.add(new FeedSignal.Refused("kline " + symbol + " " + interval, text, true));
        }
        return signals;
    }

    /** The turnover is in the settlement currency, which is the quote only where the contract is called {@code …_USDT}. */
    private static FeedSignal quote(JsonValue json) throws MalformedPayload {
        JsonValue data = json.at("data");
        var fields = new FeedSignal.QuoteFields(
                data.at("lastPrice").price(),
                data.priceOrNull("bid1"),
                null,
                data.priceOrNull("ask1"),
                null,
                null,
                data.priceOrNull("high24Price"),
                data.priceOrNull("lower24Price"),
                null,
                turnover(json, "amount24"),
                data.at("timestamp").epochMillis());
        return new FeedSignal.QuoteChange(key("ticker", json), fields, Part.WHOLE);
    }

    private static @Nullable BigDecimal turnover(JsonValue json, String name) throws MalformedPayload {
        return json.at("symbol").text().endsWith("_USD")
                ? null
                : json.at("data").amountOrNull(name);
    }

    private static FeedSignal book(JsonValue json) throws MalformedPayload {
        JsonValue data = json.at("data");
        boolean merged = data.find("begin").isPresent();
        long first = data.at(merged ? "begin" : "version").integer();
        long last = data.at(merged ? "end" : "version").integer();
        return new FeedSignal.BookChange(
                key("depth", json),
                FeedJson.levels(data.at("bids")),
                FeedJson.levels(data.at("asks")),
                first - 1,
                last - 1,
                last,
                null,
                json.at("ts").epochMillis());
    }

    /** That a bar has closed is not said: it is fetched then. */
    private static FeedSignal bar(JsonValue json) throws MalformedPayload {
        JsonValue data = json.at("data");
        return new FeedSignal.Bar(
                key("kline", json) + " " + data.at("interval").text(),
                new Candle(
                        data.at("t").epochSeconds(),
                        data.at("o").price(),
                        data.at("h").price(),
                        data.at("l").price(),
                        data.at("c").price(),
                        null,
                        turnover(json, "a"),
                        null,
                        false));
    }
}
