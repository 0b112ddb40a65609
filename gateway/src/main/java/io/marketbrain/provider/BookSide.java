package io.marketbrain.provider;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.MarketData.Level;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Reads one side of an order book in the most common format: rows that begin with price and size. Pure. */
public final class BookSide {
    private static final Comparator<Level> LOWEST_FIRST = Comparator.comparing(Level::price);

    private static final int SPARE = 64;

    private BookSide() {}

    /** The best {@code depth} bids, highest price first. */
    public static List<Level> bids(JsonValue rows, int depth) throws MalformedPayload {
        return best(rows, depth, LOWEST_FIRST.reversed());
    }

    /** The best {@code depth} asks, lowest price first. */
    public static List<Level> asks(JsonValue rows, int depth) throws MalformedPayload {
        return best(rows, depth, LOWEST_FIRST);
    }

    /** The best {@code depth} levels that single orders make, of which those at one price are one level; the best price first. */
    public static List<Level> ofOrders(List<Level> orders, int depth) {
        List<Level> levels = new ArrayList<>();
        for (Level order : orders) {
            if (!levels.isEmpty() && levels.getLast().price().compareTo(order.price()) == 0) {
                Level level = levels.removeLast();
                levels.add(new Level(level.price(), level.size().add(order.size())));
            } else if (levels.size() == depth) {
                return levels;
            } else {
                levels.add(order);
            }
        }
        return levels;
    }

    private static List<Level> best(JsonValue rows, int depth, Comparator<Level> order) throws MalformedPayload {
        List<Level> levels = new ArrayList<>();
        for (JsonValue row : rows.items()) {
            levels.add(new Level(row.at(0).price(), row.at(1).amount()));
            // A provider may send its whole book; no more than twice the requested depth is kept while reading.
            if (levels.size() >= 2 * depth + SPARE) {
                levels = best(levels, depth, order);
            }
        }
        return best(levels, depth, order);
    }

    private static List<Level> best(List<Level> levels, int depth, Comparator<Level> order) {
        levels.sort(order);
        return levels.size() > depth ? new ArrayList<>(levels.subList(0, depth)) : levels;
    }
}
