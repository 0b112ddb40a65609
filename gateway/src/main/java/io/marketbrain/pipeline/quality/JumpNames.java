package io.marketbrain.pipeline.quality;

import java.math.BigDecimal;
import java.util.Locale;

/**
 * Says what a jump of price looks like: a factor such as 100 (pence and pounds), the inverse pair, a split, or none of
 * these. Moves are natural logarithms of price ratios. Pure.
 */
final class JumpNames {
    private static final int[] FACTORS = {100, 10, 1000, 10_000, 1_000_000, 100_000_000};

    /** The usual splits, as new shares for old ones. */
    private static final int[][] SPLITS = {
        {2, 1}, {3, 1}, {4, 1}, {3, 2}, {5, 1}, {10, 1}, {20, 1}, {7, 1}, {8, 1}, {6, 1}, {15, 1}, {25, 1}, {30, 1},
        {40, 1}, {50, 1}
    };

    /** How far a move may be from the one that it is named after, at least. */
    private static final double LEAST_TOLERANCE = 0.05;

    /** The same, at most: half way between the splits 2:1 and 3:1. */
    private static final double MOST_TOLERANCE = 0.2;

    private JumpNames() {}

    /**
     * What a jump is called.
     *
     * @param splits whether the instrument is of a kind that splits
     * @param ended whether the price came back, which it does not after a split
     * @param deviation the standard deviation of moves over the time of this one
     * @param limit the move from which on a jump is reported
     */
    static Findings.Finding name(
            BigDecimal before,
            BigDecimal after,
            boolean splits,
            boolean ended,
            double deviation,
            double limit,
            String when) {
        double old = before.doubleValue();
        double move = Math.log(after.doubleValue() / old);
        double size = Math.abs(move);
        double tolerance = Math.clamp(3 * deviation, LEAST_TOLERANCE, MOST_TOLERANCE);
        String figures = after.toPlainString() + " after " + before.toPlainString() + when + ", " + beyond(limit);
        if (Math.abs(move + 2 * Math.log(old)) <= tolerance) {
            return new Findings.Finding(QualityCheck.SUSPECTED_FACTOR, "suspected inverse pair: " + figures);
        }
        String split = splits ? findSplit(move, tolerance) : "";
        for (int factor : FACTORS) {
            if (Math.abs(size - Math.log(factor)) <= tolerance && (ended || split.isEmpty())) {
                return new Findings.Finding(
                        QualityCheck.SUSPECTED_FACTOR,
                        "suspected factor " + (move > 0 ? "" : "1/") + factor + ": " + figures);
            }
        }
        return split.isEmpty()
                ? new Findings.Finding(QualityCheck.PRICE_JUMP, "jump of the price: " + figures)
                : new Findings.Finding(
                        QualityCheck.SPLIT_LIKE, "possible split of " + split + ", not adjusted: " + figures);
    }

    /** Names a limit of moves: an increase in percent. */
    static String beyond(double limit) {
        return String.format(Locale.ROOT, "beyond the limit of %.1f %%", 100 * Math.expm1(limit));
    }

    private static String findSplit(double move, double tolerance) {
        String best = "";
        double least = tolerance;
        for (int[] split : SPLITS) {
            double distance = Math.abs(Math.abs(move) - Math.log((double) split[0] / split[1]));
            if (distance < least) {
                least = distance;
                best = move < 0 ? split[0] + " for " + split[1] : split[1] + " for " + split[0];
            }
        }
        return best;
    }
}
