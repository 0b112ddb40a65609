package io.marketbrain.provider.feed;

import io.marketbrain.model.MarketData.Level;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One side of an order book, kept in the plainest way, to compare with. */
public final class NaiveBook {
    private final Map<BigDecimal, Level> levels = new HashMap<>();
    private final Comparator<Level> best;

    private NaiveBook(Comparator<Level> best) {
        this.best = best;
    }

    public static NaiveBook bids() {
        return new NaiveBook(Comparator.comparing(Level::price).reversed());
    }

    public static NaiveBook asks() {
        return new NaiveBook(Comparator.comparing(Level::price));
    }

    public void clear() {
        levels.clear();
    }

    public void set(String price, String size) {
        BigDecimal key = new BigDecimal(price).stripTrailingZeros();
        if (new BigDecimal(size).signum() == 0) {
            levels.remove(key);
        } else {
            levels.put(key, new Level(new BigDecimal(price), new BigDecimal(size)));
        }
    }

    /** Keeps the best levels only. */
    public void keep(int most) {
        List<Level> kept = best(most);
        levels.clear();
        kept.forEach(level -> levels.put(level.price().stripTrailingZeros(), level));
    }

    public List<Level> best(int most) {
        return levels.values().stream().sorted(best).limit(most).toList();
    }
}
