package io.marketbrain.pipeline.quality;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/**
 * Finds candles whose times are shifted: off the grid of the interval, which starts at midnight UTC, for crypto; off the
 * grid that the other candles of the response keep, for markets with sessions; daily candles at a weekend, where the
 * others are of weekdays only. A shift by whole intervals inside a market that never closes cannot be seen. Pure.
 */
final class GridScreen {
    private static final long HOUR = 3600;

    /** The candles before the first shifted one that show what is usual. */
    private static final int USUAL = 10;

    private GridScreen() {}

    static Findings screen(Candles candles, Findings found) {
        Interval interval = candles.interval();
        if (interval.compareTo(Interval.D1) > 0 || candles.candles().isEmpty()) {
            return found;
        }
        boolean crypto = candles.listing().instrument().type() == AssetType.CRYPTO;
        if (crypto) {
            return offGrid(candles.candles(), interval, found);
        }
        Findings all = changedPhase(candles.candles(), interval, found);
        return interval == Interval.D1 ? atWeekend(candles.candles(), all) : all;
    }

    private static Findings offGrid(List<Candle> bars, Interval interval, Findings found) {
        for (int i = 0; i < bars.size(); i++) {
            Instant time = bars.get(i).openTime();
            if (!interval.floor(time).equals(time)) {
                return found.and(
                        QualityCheck.SHIFTED_BARS,
                        "the candle at " + time + " does not open at a multiple of " + interval.wire() + " in UTC");
            }
        }
        return found;
    }

    /** One or two changes of the phase are the ends of a shifted run; more are sessions that open off the grid. */
    private static Findings changedPhase(List<Candle> bars, Interval interval, Findings found) {
        long step = interval.length().toSeconds();
        int changes = 0;
        int first = 0;
        for (int i = 1; i < bars.size(); i++) {
            long shift = phase(bars.get(i), step) - phase(bars.get(i - 1), step);
            // An hour more or less is the beginning or the end of summer time.
            if (shift != 0 && Math.abs(shift) != HOUR && Math.abs(shift) != step - HOUR) {
                first = changes == 0 ? i : first;
                changes++;
            }
        }
        return changes == 0 || changes > 2 || first < USUAL
                ? found
                : found.and(
                        QualityCheck.SHIFTED_BARS,
                        "the candles from " + bars.get(first).openTime()
                                + " on do not open at the same times as those before, such as "
                                + bars.get(first - 1).openTime());
    }

    private static long phase(Candle bar, long step) {
        return Math.floorMod(bar.openTime().getEpochSecond(), step);
    }

    private static Findings atWeekend(List<Candle> bars, Findings found) {
        for (int i = 0; i < bars.size(); i++) {
            if (isAtWeekend(bars.get(i))) {
                return i < USUAL
                        ? found
                        : found.and(
                                QualityCheck.SHIFTED_BARS,
                                "the daily candle of " + bars.get(i).openTime()
                                        + " is of a weekend, all before are of weekdays");
            }
        }
        return found;
    }

    private static boolean isAtWeekend(Candle bar) {
        // Some providers date a day by the evening before it in UTC; noon is in the day for all of them.
        DayOfWeek day =
                bar.openTime().plusSeconds(12 * HOUR).atOffset(ZoneOffset.UTC).getDayOfWeek();
        return day == DayOfWeek.SATURDAY || day == DayOfWeek.SUNDAY;
    }
}
