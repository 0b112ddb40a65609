package io.marketbrain.provider;

import io.marketbrain.model.MarketData.Level;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects the levels of one side of an order book. A provider may send its whole book; no more than twice the requested depth and
 * a few are held. Not thread-safe.
 */
public final class BookLevels {
    private static final int SPARE = 64;

    private final BookSide side;
    private final boolean areOrders;
    private final int depth;
    private List<Level> held = new ArrayList<>();

    /**
     * @param areOrders whether single orders are collected, of which those at one price are one level
     * @param depth how many of the best levels are wanted
     */
    public BookLevels(BookSide side, boolean areOrders, int depth) {
        this.side = side;
        this.areOrders = areOrders;
        this.depth = depth;
    }

    public void add(Level level) {
        held.add(level);
        if (held.size() >= 2 * depth + SPARE) {
            held = best();
        }
    }

    /** The best levels of those so far, best price first. */
    public List<Level> best() {
        return areOrders ? side.bestOfOrders(held, depth) : side.best(held, depth);
    }

    /** How many levels are held. */
    int held() {
        return held.size();
    }
}
