package io.marketbrain.provider.feed;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.MarketData.Level;
import io.marketbrain.model.MarketData.Side;
import io.marketbrain.model.MarketData.Trade;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Reading and writing that the JSON of several feeds has in common. */
public final class FeedJson {
    private FeedJson() {}

    public static JsonValue parse(String message) throws MalformedPayload {
        return JsonValue.parse(message.getBytes(StandardCharsets.UTF_8));
    }

    /** A text member; empty if there is none. */
    public static String textOrEmpty(JsonValue json, String name) throws MalformedPayload {
        return json.find(name).isPresent() ? json.at(name).text() : "";
    }

    /** Rows {@code [price, size, …]}. */
    public static List<Level> levels(JsonValue rows) throws MalformedPayload {
        List<Level> levels = new ArrayList<>();
        for (JsonValue row : rows.items()) {
            levels.add(new Level(row.at(0).price(), row.at(1).amount()));
        }
        return levels;
    }

    /** Trades of one message with the oldest first, although some providers send the newest first. */
    public static List<Trade> oldestFirst(List<Trade> trades) {
        boolean newestFirst = trades.size() > 1
                && trades.getFirst().time().isAfter(trades.getLast().time());
        return newestFirst ? trades.reversed() : trades;
    }

    /** An instant in ISO 8601. */
    public static Instant time(JsonValue value) throws MalformedPayload {
        try {
            return Instant.parse(value.text());
        } catch (DateTimeException e) {
            throw new MalformedPayload("a time that is not ISO 8601");
        }
    }

    /** An instant in microseconds since the Unix epoch. */
    public static Instant micros(JsonValue value) throws MalformedPayload {
        return Instant.EPOCH.plus(value.integer(), ChronoUnit.MICROS);
    }

    /** An instant in nanoseconds since the Unix epoch. */
    public static Instant nanos(JsonValue value) throws MalformedPayload {
        return Instant.ofEpochSecond(0, value.integer());
    }

    /** An instant in milliseconds since the Unix epoch, fractions allowed. */
    public static Instant millis(JsonValue value) throws MalformedPayload {
        try {
            return Instant.ofEpochSecond(
                    0, value.decimal().movePointRight(6).toBigInteger().longValueExact());
        } catch (ArithmeticException e) {
            throw new MalformedPayload("a time that is not in milliseconds");
        }
    }

    /** The side of the order that took liquidity: {@code buy} or {@code sell}. */
    public static Side side(JsonValue value) throws MalformedPayload {
        return "buy".equals(value.text()) ? Side.BUY : Side.SELL;
    }

    /** Messages with at most {@code most} items each, separated by commas between {@code head} and {@code tail}. */
    public static List<String> batches(List<String> items, int most, String head, String tail) {
        List<String> messages = new ArrayList<>();
        for (int from = 0; from < items.size(); from += most) {
            messages.add(items.subList(from, Math.min(from + most, items.size())).stream()
                    .collect(Collectors.joining(",", head, tail)));
        }
        return messages;
    }
}
