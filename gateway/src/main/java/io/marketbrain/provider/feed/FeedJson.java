package io.marketbrain.provider.feed;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.MarketData.Level;
import io.marketbrain.model.MarketData.Side;
import io.marketbrain.model.MarketData.Trade;
import io.marketbrain.model.MarketDataBounds;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
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
        return instant(value, 3);
    }

    /** An instant in nanoseconds since the Unix epoch. */
    public static Instant nanos(JsonValue value) throws MalformedPayload {
        return instant(value, 0);
    }

    /** An instant in milliseconds since the Unix epoch, fractions allowed. */
    public static Instant millis(JsonValue value) throws MalformedPayload {
        return instant(value, 6);
    }

    /** @param places by how many places the point is moved to get nanoseconds */
    private static Instant instant(JsonValue value, int places) throws MalformedPayload {
        try {
            Instant instant = Instant.ofEpochSecond(
                    0, value.decimal().movePointRight(places).toBigInteger().longValueExact());
            if (MarketDataBounds.isInstant(instant)) {
                return instant;
            }
        } catch (ArithmeticException e) {
            // beyond what nanoseconds can say
        }
        throw new MalformedPayload(value + " is not an instant between 1900 and 2200");
    }

    /** The side of the order that took liquidity: {@code buy} or {@code sell}, in any case. */
    public static Side side(JsonValue value) throws MalformedPayload {
        return "buy".equalsIgnoreCase(value.text()) ? Side.BUY : Side.SELL;
    }

    /**
     * A trade, by the names of its members.
     *
     * @param time in milliseconds since the Unix epoch
     * @param side of the order that took liquidity: {@code buy} or {@code sell}
     */
    public static Trade trade(JsonValue row, String id, String time, String price, String size, String side)
            throws MalformedPayload {
        return new Trade(
                row.at(id).text(),
                row.at(time).epochMillis(),
                row.at(price).price(),
                row.at(size).size(),
                side(row.at(side)));
    }

    /** Reads one item of a message. */
    @FunctionalInterface
    public interface ItemReader<T> {
        T read(JsonValue item) throws MalformedPayload;
    }

    /** What each item says, in order. */
    public static <T> List<T> each(List<JsonValue> items, ItemReader<T> reader) throws MalformedPayload {
        List<T> read = new ArrayList<>(items.size());
        for (JsonValue item : items) {
            read.add(reader.read(item));
        }
        return read;
    }

    /** JSON texts of what is said of each channel; it must need no escapes. */
    public static List<String> quoted(List<FeedChannel> channels, Function<FeedChannel, String> text) {
        return channels.stream().map(channel -> '"' + text.apply(channel) + '"').toList();
    }

    /** Messages {@code {"op":…,"args":[…]}} with at most {@code most} arguments each, which are JSON. */
    public static List<String> operations(String op, List<String> args, int most) {
        return batches(args, most, "{\"op\":\"" + op + "\",\"args\":[", "]}");
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
