package io.marketbrain.provider.feed;

import io.marketbrain.model.MarketData.Level;
import io.marketbrain.provider.feed.FeedSignal.BookChange;
import io.marketbrain.provider.feed.FeedSignal.BookSnapshot;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An order book rebuilt from a snapshot and the changes after it. Prices that are equal in value are the same level, whatever
 * their digits; the digits that were sent last are kept, because checksums are computed over them. Not thread-safe.
 */
final class BookKeeper {
    /** The most levels a side that are kept, however many a provider sends. */
    static final int MAX_LEVELS = 10_000;

    /** What became of a change. */
    enum Applied {
        YES,
        /** The book contained it already. */
        CONTAINED,
        /** A change before it is missing: the book must start anew. */
        BROKEN
    }

    private final NavigableMap<BigDecimal, Level> bids = new TreeMap<>(Comparator.reverseOrder());
    private final NavigableMap<BigDecimal, Level> asks = new TreeMap<>();
    private final int depth;
    private @Nullable Long sequence;
    private @Nullable Instant asOf;
    private @Nullable BigDecimal lowestBid;
    private @Nullable BigDecimal highestAsk;
    private boolean started;

    /** @param depth the levels a side that the provider keeps */
    BookKeeper(int depth) {
        this.depth = Math.min(depth, MAX_LEVELS);
    }

    /** Whether there has been a snapshot since the last {@link #clear}. */
    boolean started() {
        return started;
    }

    void clear() {
        bids.clear();
        asks.clear();
        sequence = null;
        asOf = null;
        lowestBid = null;
        highestAsk = null;
        started = false;
    }

    /** Starts with a whole book. */
    void start(BookSnapshot snapshot) {
        clear();
        put(bids, snapshot.bids());
        put(asks, snapshot.asks());
        sequence = snapshot.sequence();
        asOf = snapshot.asOf();
        started = true;
    }

    /**
     * Starts with the best levels of a book. What lies beyond them is not known, and is not shown, although changes of it
     * arrive.
     *
     * @param asked how many levels a side were asked for; fewer are the whole side
     */
    void startWithin(BookSnapshot snapshot, int asked) {
        start(snapshot);
        lowestBid = snapshot.bids().size() < asked ? null : bids.lastKey();
        highestAsk = snapshot.asks().size() < asked ? null : asks.lastKey();
    }

    /** Whether the levels that are known no longer fill {@code most} levels a side, so that more must be asked for. */
    boolean exhausted(int most) {
        return (lowestBid != null && bids(most).size() < most)
                || (highestAsk != null && asks(most).size() < most);
    }

    Applied apply(BookChange change) {
        Long known = sequence;
        Long first = change.firstPrevious();
        Long last = change.lastPrevious();
        if (known != null && first != null && last != null) {
            if (known > last) {
                return Applied.CONTAINED;
            }
            if (known < first) {
                return Applied.BROKEN;
            }
        }
        put(bids, change.bids());
        put(asks, change.asks());
        if (change.sequence() != null) {
            sequence = change.sequence();
        }
        if (change.asOf() != null) {
            asOf = change.asOf();
        }
        return Applied.YES;
    }

    private void put(NavigableMap<BigDecimal, Level> side, List<Level> levels) {
        for (Level level : levels) {
            if (level.size().signum() == 0) {
                side.remove(level.price());
            } else {
                side.put(level.price(), level);
            }
        }
        while (side.size() > depth) {
            side.pollLastEntry();
        }
    }

    /** Whether somebody offers to pay at least what another asks for. */
    boolean crossed() {
        return !bids.isEmpty() && !asks.isEmpty() && bids.firstKey().compareTo(asks.firstKey()) >= 0;
    }

    /** The best levels, from the highest price down. */
    List<Level> bids(int most) {
        BigDecimal end = lowestBid;
        return best((end == null ? bids : bids.headMap(end, true)).values(), most);
    }

    /** The best levels, from the lowest price up. */
    List<Level> asks(int most) {
        BigDecimal end = highestAsk;
        return best((end == null ? asks : asks.headMap(end, true)).values(), most);
    }

    @Nullable
    Long sequence() {
        return sequence;
    }

    @Nullable
    Instant asOf() {
        return asOf;
    }

    private static List<Level> best(Collection<Level> side, int most) {
        List<Level> levels = new ArrayList<>(Math.min(most, side.size()));
        for (Level level : side) {
            if (levels.size() == most) {
                break;
            }
            levels.add(level);
        }
        return levels;
    }
}
