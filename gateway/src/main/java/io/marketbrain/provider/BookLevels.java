package io.marketbrain.provider;

import io.marketbrain.model.MarketData.Level;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** One side of an order book from the commonest form there is: rows that begin with price and size. Pure. */
public final class BookLevels {
    private static final Comparator<Level> LOWEST_FIRST = Comparator.comparing(Level::price);

    private BookLevels() {}

    /** The best {@code depth} bids, highest price first. */
    public static List<Level> bids(JsonValue rows, int depth) throws MalformedPayload {
        return best(rows, depth, LOWEST_FIRST.reversed());
    }

    /** The best {@code depth} asks, lowest price first. */
    public static List<Level> asks(JsonValue rows, int depth) throws MalformedPayload {
        return best(rows, depth, LOWEST_FIRST);
    }

    private static List<Level> best(JsonValue rows, int depth, Comparator<Level> order) throws MalformedPayload {
        var levels = new ArrayList<Level>();
        for (JsonValue row : rows.items()) {
            levels.add(new Level(row.at(0).price(), row.at(1).amount()));
        }
        levels.sort(order);
        return levels.size() > depth ? levels.subList(0, depth) : levels;
    }
}
