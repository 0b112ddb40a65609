package io.marketbrain.pipeline.quality;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.price.CorporateAction.Split;
import java.time.Instant;
import java.util.List;

/**
 * Finds jumps between the candles of one response. What counts is the gap between the ranges (low to high) of two
 * candles, as a logarithm, in units of the trailing robust deviation of closes times the square root of the time between
 * them. A market that crashes trades on its way down, so that its candles overlap or nearly so; a candle from another
 * instrument, or in another unit, is apart from its neighbours as a whole. Candles without a range are judged by their
 * closes, against a wider band. Where the price comes back within the response, only the start is reported.
 */
final class JumpScreen {
    /** A gap between two ranges is a jump from so many deviations on, and from this move on. */
    static final double GAP_DEVIATIONS = 15;

    static final double LEAST_GAP = 0.05;

    /** The same for single prices, which have no range to tell a fast market by. */
    static final double POINT_DEVIATIONS = 30;

    static final double LEAST_POINT_MOVE = Math.log(1.4);

    /** A high or low is doubtful from so many times the open and close on, or from such a part of them on. */
    private static final double LEAST_WICK = 3;

    /** Nothing is learnt from a move by a greater factor: it is no measure of what is usual. */
    private static final double LARGEST_USUAL = 3;

    /** The candles from which the deviation at the start is estimated. */
    private static final int WARM_UP = 64;

    /** After so many candles a new level of prices is taken for the right one. */
    private static final int SETTLED = 60;

    /** The deviation of a candle before anything is known: 3 % a day. */
    private static final double FIRST_DAILY_DEVIATION = 0.03;

    private static final int SECONDS_A_DAY = 86_400;

    private final List<Candle> bars;
    private final double intervalSeconds;
    private final boolean splits;
    private final double scale;
    private final List<Split> announced;
    private double median;
    private int seen;
    private Findings found;

    private JumpScreen(Candles candles, double scale, Findings found) {
        this.bars = candles.candles();
        this.scale = scale;
        this.intervalSeconds = candles.interval().length().toSeconds();
        this.splits = hasSplits(candles.listing().instrument().type());
        this.announced = AnnouncedSplits.notAdjusted(candles);
        this.median = FIRST_DAILY_DEVIATION * Math.sqrt(intervalSeconds / SECONDS_A_DAY) / StreamingMedian.TO_DEVIATION;
        this.found = found;
    }

    static Findings screen(Candles candles, Findings found) {
        return screen(candles, 1, found);
    }

    /** The same with other limits than the usual ones, to compare them: {@code scale} times as many deviations. */
    static Findings screen(Candles candles, double scale, Findings found) {
        return new JumpScreen(candles, scale, found).run();
    }

    /** Whether instruments of a type are split now and then. */
    static boolean hasSplits(AssetType type) {
        return type == AssetType.STOCK || type == AssetType.ETF || type == AssetType.FUND;
    }

    private Findings run() {
        for (int i = 1; i < Math.min(bars.size(), WARM_UP); i++) {
            learn(bars.get(i - 1), bars.get(i));
        }
        int accepted = 0;
        int onset = -1;
        for (int i = 0; i < bars.size(); i++) {
            wick(bars.get(i));
            if (i == 0) {
                continue;
            }
            boolean jumps = isJump(bars.get(i - 1), bars.get(i));
            if (onset >= 0 && jumps) {
                boolean back = isBack(bars.get(accepted), bars.get(onset), bars.get(i));
                report(accepted, onset, i, back);
                accepted = back ? i : i - 1;
                onset = back ? -1 : i;
            } else if (onset >= 0 && i - onset >= SETTLED) {
                report(accepted, onset, bars.size(), false);
                accepted = i;
                onset = -1;
            } else if (jumps) {
                onset = i;
            } else if (onset < 0) {
                accepted = i;
            }
            if (!jumps) {
                learn(bars.get(i - 1), bars.get(i));
            }
        }
        if (onset >= 0) {
            report(accepted, onset, bars.size(), false);
        }
        return found;
    }

    private boolean isJump(Candle before, Candle after) {
        double low = after.low().doubleValue();
        double high = after.high().doubleValue();
        double lowBefore = before.low().doubleValue();
        double highBefore = before.high().doubleValue();
        if (Math.min(low, lowBefore) <= 0 || (low <= highBefore && high >= lowBefore)) {
            return false;
        }
        double gap = Math.log(low > highBefore ? low / highBefore : lowBefore / high);
        double limit = limit(before, after);
        return gap > limit && !isAnnounced(before, after, limit);
    }

    /** Whether the change is that of a split that came with the candles, give or take a usual move. */
    private boolean isAnnounced(Candle before, Candle after, double limit) {
        if (announced.isEmpty()) {
            return false;
        }
        Instant end = after.openTime().plusSeconds((long) intervalSeconds);
        double expected = AnnouncedSplits.move(announced, before.openTime(), end);
        double move = Math.log(after.open().doubleValue() / before.close().doubleValue());
        return expected != 0 && Math.abs(move - expected) <= limit;
    }

    /** The gap between two ranges from which on it is a jump. */
    private double limit(Candle before, Candle after) {
        boolean point = isPoint(before) || isPoint(after);
        return Math.max(
                point ? LEAST_POINT_MOVE : LEAST_GAP,
                scale
                        * (point ? POINT_DEVIATIONS : GAP_DEVIATIONS)
                        * StreamingMedian.uncertainty(seen)
                        * deviation(before, after));
    }

    private static boolean isPoint(Candle candle) {
        return candle.low().doubleValue() == candle.high().doubleValue();
    }

    /** Whether the price after a doubtful run is nearer to that before it than to the run. */
    private static boolean isBack(Candle accepted, Candle onset, Candle after) {
        double before = accepted.close().doubleValue();
        double away = Math.abs(Math.log(onset.close().doubleValue() / before));
        return Math.abs(Math.log(after.close().doubleValue() / before)) < away / 2;
    }

    private void report(int accepted, int onset, int end, boolean ended) {
        Candle first = bars.get(onset);
        Candle last = bars.get(accepted);
        int length = end - onset;
        String when =
                " at " + first.openTime() + (ended ? ", for " + length + (length == 1 ? " candle" : " candles") : "");
        Findings.Finding one = JumpNames.name(
                last.close(), first.close(), splits, ended, deviation(last, first), limit(last, first), when);
        found = found.and(one.check(), one.detail());
    }

    /** A high or a low far beyond open and close: a single price of another scale inside a candle. */
    private void wick(Candle bar) {
        double open = bar.open().doubleValue();
        double close = bar.close().doubleValue();
        double low = bar.low().doubleValue();
        double high = bar.high().doubleValue();
        if (low <= 0) {
            return;
        }
        double up = high / Math.max(open, close);
        double down = Math.min(open, close) / low;
        double limit = Math.max(Math.log(LEAST_WICK), GAP_DEVIATIONS * StreamingMedian.TO_DEVIATION * median);
        if (Math.log(Math.max(up, down)) > limit) {
            found = found.and(
                    QualityCheck.PRICE_JUMP,
                    "the "
                            + (up > down
                                    ? "high " + bar.high().toPlainString()
                                    : "low " + bar.low().toPlainString())
                            + " at " + bar.openTime() + " is far from the open "
                            + bar.open().toPlainString()
                            + " and the close " + bar.close().toPlainString() + ", "
                            + JumpNames.beyond(limit));
        }
    }

    private double deviation(Candle before, Candle after) {
        return StreamingMedian.TO_DEVIATION * median * Math.sqrt(intervals(before, after));
    }

    private void learn(Candle before, Candle after) {
        double ratio = after.close().doubleValue() / before.close().doubleValue();
        if (ratio > 1 / LARGEST_USUAL && ratio < LARGEST_USUAL && ratio != 1) {
            double move = Math.abs(Math.log(ratio)) / Math.sqrt(intervals(before, after));
            median = StreamingMedian.after(median, move, seen);
            seen++;
        }
    }

    /** The time between two candles in intervals, at least one. */
    private double intervals(Candle before, Candle after) {
        long seconds = after.openTime().getEpochSecond() - before.openTime().getEpochSecond();
        return Math.max(1, seconds / intervalSeconds);
    }
}
