package io.marketbrain.pipeline.quality;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;

/**
 * The trailing band of one instrument's prices, in constant memory: the last accepted price, and the running median of
 * its moves per square root of a second. A price outside the band is doubtful; once three in a row agree with each other,
 * theirs is the new level. Logarithms, kept in doubles, are exact enough to judge by; the prices themselves are not
 * touched. Not thread-safe: its {@link InstrumentState} guards it.
 */
final class PriceBand {
    /** After so many prices that agree with each other, a new level is accepted. */
    private static final int ACCEPTED_AFTER = 3;

    /** The deviation over a second before anything is known: 3 % a day. */
    private static final double FIRST_DEVIATION = 0.03 / Math.sqrt(86_400);

    private static final int MOST_SEEN = 1000;

    /** The figures of an earlier price that a detail shows; it is known as a logarithm only. */
    private static final MathContext FIGURES = new MathContext(8);

    private double level = Double.NaN;
    private double candidate;
    private float median = (float) (FIRST_DEVIATION / StreamingMedian.TO_DEVIATION);
    private int time;
    private short seen;
    private byte agreeing;

    /**
     * Adds what is doubtful about a price, then takes the price into the band.
     *
     * @param splits whether the instrument is of a kind that splits
     * @param at when the price was current, by the provider's clock, or when it was received
     */
    Findings screen(BigDecimal price, boolean splits, Instant at, Findings found) {
        double value = price.doubleValue();
        int now = (int) at.getEpochSecond();
        if (value <= 0) {
            level = Double.NaN;
            return found;
        }
        double log = Math.log(value);
        if (Double.isNaN(level)) {
            accept(log, now);
            return found;
        }
        int elapsed = now - time;
        double move = Math.abs(log - level);
        if (elapsed < 0) {
            return found;
        }
        double root = Math.sqrt(Math.max(1, elapsed));
        if (move <= limit(root)) {
            if (move > 0) {
                median = (float) StreamingMedian.after(median, move / root, seen);
                seen = (short) Math.min(seen + 1, MOST_SEEN);
            }
            accept(log, now);
            return found;
        }
        return outside(price, splits, log, now, root, found);
    }

    private Findings outside(BigDecimal price, boolean splits, double log, int now, double root, Findings found) {
        boolean agrees = agreeing > 0 && Math.abs(log - candidate) <= limit(root);
        agreeing = (byte) (agrees ? agreeing + 1 : 1);
        candidate = log;
        double before = level;
        double deviation = StreamingMedian.TO_DEVIATION * median * root;
        if (agreeing >= ACCEPTED_AFTER) {
            accept(log, now);
        }
        // Whether the price will come back is not known; where there are splits, it is one that is suspected.
        Findings.Finding one =
                JumpNames.name(new BigDecimal(Math.exp(before)).round(FIGURES), price, splits, !splits, deviation, "");
        return found.and(one.check(), one.detail());
    }

    private void accept(double log, int now) {
        level = log;
        time = now;
        agreeing = 0;
    }

    private double limit(double root) {
        return Math.max(
                JumpScreen.LEAST_POINT_MOVE,
                JumpScreen.POINT_DEVIATIONS
                        * StreamingMedian.uncertainty(seen)
                        * StreamingMedian.TO_DEVIATION
                        * median
                        * root);
    }
}
