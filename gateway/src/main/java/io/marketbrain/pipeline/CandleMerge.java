package io.marketbrain.pipeline;

import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.QualityFlag;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Sorts the candles of one or more responses by opening time. Of several with the same time the last one is used, and the
 * others are not lost without a word: complete ones that differ, and responses in no order, are flagged. Not thread-safe.
 */
public final class CandleMerge {
    private final NavigableMap<Instant, Candle> byTime = new TreeMap<>();
    private final Interval interval;
    private final Instant now;
    private @Nullable QualityFlag conflict;
    private @Nullable QualityFlag disorder;

    /** @param now the time until which candles are complete */
    public CandleMerge(Interval interval, Instant now) {
        this.interval = interval;
        this.now = now;
    }

    /** Adds the candles of one response, in the order in which they came. */
    public void add(List<Candle> candles) {
        Candle before = null;
        int direction = 0;
        for (Candle candle : candles) {
            if (before != null) {
                int step = candle.openTime().compareTo(before.openTime());
                if (direction * step < 0 && disorder == null) {
                    disorder = new QualityFlag(
                            "unordered_bars",
                            "the candles came in no order: that of " + candle.openTime() + " after that of "
                                    + before.openTime());
                }
                direction = direction == 0 ? Integer.signum(step) : direction;
            }
            before = candle;
            Candle other = byTime.put(candle.openTime(), candle);
            if (other != null && conflict == null && isComplete(candle) && !isSame(other, candle)) {
                conflict = new QualityFlag(
                        "conflicting_bars",
                        "there were two candles of " + candle.openTime() + ", with " + differences(other, candle)
                                + "; the later one is used");
            }
        }
    }

    /** The candles by opening time, to which more are added by {@link #add}. */
    public NavigableMap<Instant, Candle> byTime() {
        return byTime;
    }

    /** {@code flags} and what was found while merging. */
    public List<QualityFlag> flags(List<QualityFlag> flags) {
        if (conflict == null && disorder == null) {
            return flags;
        }
        List<QualityFlag> all = new ArrayList<>(flags);
        if (conflict != null) {
            all.add(conflict);
        }
        if (disorder != null) {
            all.add(disorder);
        }
        return all;
    }

    private boolean isComplete(Candle candle) {
        return !interval.next(candle.openTime()).isAfter(now);
    }

    private static boolean isSame(Candle a, Candle b) {
        return a.open().compareTo(b.open()) == 0
                && a.high().compareTo(b.high()) == 0
                && a.low().compareTo(b.low()) == 0
                && a.close().compareTo(b.close()) == 0
                && (a.volume() == null || b.volume() == null || a.volume().compareTo(b.volume()) == 0);
    }

    /** The values in which two candles differ, such as "high 3 and 4, close 2 and 3". */
    private static String differences(Candle a, Candle b) {
        var all = new StringJoiner(", ");
        difference(all, "open", a.open(), b.open());
        difference(all, "high", a.high(), b.high());
        difference(all, "low", a.low(), b.low());
        difference(all, "close", a.close(), b.close());
        difference(all, "volume", a.volume(), b.volume());
        return all.toString();
    }

    private static void difference(StringJoiner all, String name, @Nullable BigDecimal a, @Nullable BigDecimal b) {
        if (a != null && b != null && a.compareTo(b) != 0) {
            all.add(name + " " + a.toPlainString() + " and " + b.toPlainString());
        }
    }
}
