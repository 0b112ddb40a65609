package io.marketbrain.provider;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.MarketData.Level;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** One side of an order book: sorts the levels that a provider sends, best price first, and cuts them off. Pure. */
public enum BookSide {
    /** The highest price is the best. */
    BIDS,
    /** The lowest price is the best. */
    ASKS;

    private static final Comparator<Level> LOWEST_FIRST = Comparator.comparing(Level::price);

    /** The best {@code depth} levels. */
    public List<Level> best(List<Level> levels, int depth) {
        List<Level> sorted = sorted(levels);
        return sorted.size() > depth ? new ArrayList<>(sorted.subList(0, depth)) : sorted;
    }

    /** The best {@code depth} levels that single orders make, of which those at one price are one level. */
    public List<Level> bestOfOrders(List<Level> orders, int depth) {
        List<Level> levels = new ArrayList<>();
        for (Level order : sorted(orders)) {
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

    /** The best {@code depth} levels of rows in the most common format, which begin with price and size. */
    public List<Level> best(JsonValue rows, int depth) throws MalformedPayload {
        var levels = new BookLevels(this, false, depth);
        for (JsonValue row : rows.items()) {
            levels.add(new Level(row.at(0).price(), row.at(1).amount()));
        }
        return levels.best();
    }

    private List<Level> sorted(List<Level> levels) {
        List<Level> sorted = new ArrayList<>(levels);
        sorted.sort(this == BIDS ? LOWEST_FIRST.reversed() : LOWEST_FIRST);
        return sorted;
    }
}
