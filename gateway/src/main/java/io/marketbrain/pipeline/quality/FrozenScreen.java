package io.marketbrain.pipeline.quality;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds runs of candles that repeat the one before. Two candles with equal prices and an equal volume above zero do not
 * happen by chance once the prices differ among themselves. Candles of one price, without volume, are what quiet hours
 * look like: they count as frozen only if the run is improbable for this instrument, by the share of such candles in the
 * response outside the run. Pure.
 */
final class FrozenScreen {
    /** A run of quiet candles is doubtful if chance would bring one this seldom per response. */
    private static final double IMPROBABLE = 1e-3;

    /** The least length of a doubtful run of candles of one price. */
    private static final int LEAST_QUIET_RUN = 3;

    /** Of candles with a range but without volume, so many equal ones in a row are doubtful. */
    private static final int EQUAL_RANGES = 3;

    private final List<Candle> bars;
    private final boolean closesAtWeekends;
    private final Interval interval;
    private final boolean hasRanges;

    private FrozenScreen(Candles candles) {
        this.bars = candles.candles();
        this.closesAtWeekends = candles.listing().instrument().type() != AssetType.CRYPTO;
        this.interval = candles.interval();
        this.hasRanges = !bars.stream().allMatch(FrozenScreen::isFlat);
    }

    static Findings screen(Candles candles, Findings found) {
        return new FrozenScreen(candles).run(found);
    }

    private Findings run(Findings found) {
        Findings sum = found;
        int start = 0;
        for (int i = 1; i <= bars.size(); i++) {
            if (i < bars.size() && repeats(bars.get(i), bars.get(start))) {
                continue;
            }
            if (i - start > 1 && isDoubtful(start, i)) {
                sum = sum.and(
                        QualityCheck.FROZEN_BARS,
                        (i - start) + " candles from " + bars.get(start).openTime() + " on have the same prices, "
                                + bars.get(start).close().toPlainString() + " at the close"
                                + (isQuiet(bars.get(i - 1)) ? ", and no volume" : " and the same volume"));
            }
            start = i;
        }
        return sum;
    }

    private boolean isDoubtful(int start, int end) {
        Candle last = bars.get(end - 1);
        int length = end - start;
        boolean flat = isFlat(last);
        if (!isQuiet(last) && sameAmount(last.volume(), bars.get(start + 1).volume())) {
            return flat ? length >= LEAST_QUIET_RUN : length >= 2;
        }
        if (!flat) {
            return length >= EQUAL_RANGES;
        }
        return length > LEAST_QUIET_RUN && isImprobable(start, end);
    }

    /** Whether so long a quiet run is improbable, if each quiet candle is followed by another one as often as elsewhere. */
    private boolean isImprobable(int start, int end) {
        int quiet = 0;
        int followed = 0;
        int counted = 0;
        for (int i = 1; i < bars.size(); i++) {
            if (i >= start && i < end) {
                continue;
            }
            counted++;
            if (isUneventful(i)) {
                quiet++;
                followed += isUneventful(i - 1) ? 1 : 0;
            }
        }
        // One more of each kind than were seen, so that what was not seen is not impossible.
        double begins = (quiet + 1.0) / (counted + 2);
        double goesOn = (followed + 1.0) / (quiet + 4);
        int repeats = countedLength(start, end) - 1;
        return repeats > 1 && begins * bars.size() * Math.pow(goesOn, repeats) < IMPROBABLE * bars.size();
    }

    /** Whether a candle has one price; of candles that never have a range, whether it has that of the one before. */
    private boolean isUneventful(int i) {
        return isFlat(bars.get(i))
                && (hasRanges
                        || i == 0
                        || bars.get(i).close().compareTo(bars.get(i - 1).close()) == 0);
    }

    /** The length of a run without the candles at a weekend in which the market is closed. */
    private int countedLength(int start, int end) {
        int length = 0;
        for (int i = start; i < end; i++) {
            length += closesAtWeekends && isAtWeekend(bars.get(i)) ? 0 : 1;
        }
        return length;
    }

    private boolean isAtWeekend(Candle bar) {
        DayOfWeek day = bar.openTime().atOffset(ZoneOffset.UTC).getDayOfWeek();
        return !interval.isDaily() && (day == DayOfWeek.SATURDAY || day == DayOfWeek.SUNDAY);
    }

    /** Whether a candle repeats the prices of the first one of a run, or its close only, without volume. */
    private static boolean repeats(Candle bar, Candle first) {
        if (bar.close().compareTo(first.close()) != 0) {
            return false;
        }
        boolean same = bar.open().compareTo(first.open()) == 0
                && bar.high().compareTo(first.high()) == 0
                && bar.low().compareTo(first.low()) == 0
                && (isQuiet(bar) || sameAmount(bar.volume(), first.volume()));
        return same || (isFlat(bar) && isQuiet(bar));
    }

    private static boolean isFlat(Candle bar) {
        return bar.high().compareTo(bar.low()) == 0;
    }

    private static boolean isQuiet(Candle bar) {
        BigDecimal volume = bar.volume();
        return volume == null || volume.signum() == 0;
    }

    private static boolean sameAmount(@Nullable BigDecimal a, @Nullable BigDecimal b) {
        return a != null && b != null && a.compareTo(b) == 0;
    }
}
