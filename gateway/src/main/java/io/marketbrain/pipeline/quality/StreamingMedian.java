package io.marketbrain.pipeline.quality;

/**
 * The running median of absolute returns, in one number: a value above it raises it by a step, a value below lowers it
 * (stochastic approximation of a quantile, Robbins and Monro 1951; on a logarithmic scale, so that the step has no unit).
 * The median absolute deviation times 1.4826 estimates the standard deviation and is not moved by outliers (Hampel 1974;
 * Iglewicz and Hoaglin 1993). Pure.
 */
final class StreamingMedian {
    /** The standard deviation of a normal distribution in units of its median absolute deviation. */
    static final double TO_DEVIATION = 1.4826;

    /** The step after the first values: about the last forty values count. */
    private static final double STEP = 0.05;

    /** Below this, prices that hardly move would make every later move an outlier; per bar or per unit of time. */
    private static final double LEAST = 1e-7;

    private StreamingMedian() {}

    /**
     * The median after one more value.
     *
     * @param seen how many values it had before; the first ones count for more
     */
    static double after(double median, double value, int seen) {
        double step = Math.max(STEP, 1.0 / (1 + seen));
        double moved = value > median ? median * (1 + step) : median / (1 + step);
        return Math.max(moved, LEAST);
    }

    /** By how much wider a band must be while few values are known; tends to 1. */
    static double uncertainty(int seen) {
        return 1 + 4.0 / (1 + seen);
    }
}
