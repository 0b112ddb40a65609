package io.marketbrain.facade;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The order book that a client has, and what changes it into a newer one. Levels that are gone come first, so that a client that keeps
 * a number of levels never drops one that stays. Not thread-safe.
 */
public final class BookChanges {
    /** The size of a level that is gone. */
    public static final String GONE = "0";

    private NavigableMap<BigDecimal, Row> bids = new TreeMap<>(Comparator.reverseOrder());
    private NavigableMap<BigDecimal, Row> asks = new TreeMap<>();
    private boolean started;

    /** A level with the digits of its price and size. */
    public record Row(String price, String size) {}

    /** Levels from the best one on. */
    public record Sides(List<Row> bids, List<Row> asks) {
        public boolean isEmpty() {
            return bids.isEmpty() && asks.isEmpty();
        }
    }

    /** Whether the client has a book. */
    public boolean isStarted() {
        return started;
    }

    /** The book that the client has. */
    public Sides book() {
        return new Sides(List.copyOf(bids.values()), List.copyOf(asks.values()));
    }

    /** What leads from the book that the client has to that of an event, which it has from now on. */
    public Sides take(JsonValue event) throws MalformedPayload {
        NavigableMap<BigDecimal, Row> newBids = read(event.at("bids"), new TreeMap<>(Comparator.reverseOrder()));
        NavigableMap<BigDecimal, Row> newAsks = read(event.at("asks"), new TreeMap<>());
        var changes = new Sides(changes(bids, newBids), changes(asks, newAsks));
        bids = newBids;
        asks = newAsks;
        started = true;
        return changes;
    }

    private static NavigableMap<BigDecimal, Row> read(JsonValue rows, NavigableMap<BigDecimal, Row> levels)
            throws MalformedPayload {
        for (JsonValue row : rows.items()) {
            levels.put(row.at(0).decimal(), new Row(row.at(0).text(), row.at(1).text()));
        }
        return levels;
    }

    private static List<Row> changes(Map<BigDecimal, Row> before, Map<BigDecimal, Row> after) {
        List<Row> changes = new ArrayList<>();
        before.forEach((price, row) -> {
            if (!after.containsKey(price)) {
                changes.add(new Row(row.price(), GONE));
            }
        });
        after.forEach((price, row) -> {
            if (!row.equals(before.get(price))) {
                changes.add(row);
            }
        });
        return changes;
    }
}
