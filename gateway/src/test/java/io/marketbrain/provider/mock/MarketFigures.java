package io.marketbrain.provider.mock;

import java.util.Arrays;

/** The statistics that the literature uses to describe markets (Cont 2001), computed from arrays. */
final class MarketFigures {
    private MarketFigures() {}

    static double mean(double[] x) {
        return Arrays.stream(x).average().orElseThrow();
    }

    static double deviation(double[] x) {
        double mean = mean(x);
        return Math.sqrt(
                Arrays.stream(x).map(v -> (v - mean) * (v - mean)).average().orElseThrow());
    }

    /** Fourth standardised moment; 3 for a normal distribution. */
    static double kurtosis(double[] x) {
        double mean = mean(x);
        double second = 0;
        double fourth = 0;
        for (double v : x) {
            double square = (v - mean) * (v - mean);
            second += square;
            fourth += square * square;
        }
        return fourth * x.length / (second * second);
    }

    /** Hill's estimator of the tail index, from the largest two per cent of moves. */
    static double hill(double[] x) {
        double[] sizes = sizes(x);
        Arrays.sort(sizes);
        int n = sizes.length;
        int tail = (int) (n * 0.02);
        double threshold = sizes[n - 1 - tail];
        double sum = 0;
        for (int i = 0; i < tail; i++) {
            sum += Math.log(sizes[n - 1 - i] / threshold);
        }
        return tail / sum;
    }

    static double autocorrelation(double[] x, int lag) {
        double mean = mean(x);
        double sum = 0;
        double square = 0;
        for (int i = 0; i < x.length; i++) {
            square += (x[i] - mean) * (x[i] - mean);
            if (i >= lag) {
                sum += (x[i] - mean) * (x[i - lag] - mean);
            }
        }
        return sum / square;
    }

    /**
     * Variance of sums of {@code q} returns, divided by {@code q} times the variance of one return (Lo and MacKinlay
     * 1988).
     */
    static double varianceRatio(double[] x, int q) {
        double mean = mean(x);
        double single = 0;
        double sums = 0;
        double run = 0;
        for (int i = 0; i < x.length; i++) {
            single += (x[i] - mean) * (x[i] - mean);
            run += x[i] - mean;
            if (i >= q) {
                run -= x[i - q] - mean;
            }
            if (i >= q - 1) {
                sums += run * run;
            }
        }
        return sums / (x.length - q + 1) / (q * single / x.length);
    }

    static double correlation(double[] x, double[] y) {
        double meanX = mean(x);
        double meanY = mean(y);
        double both = 0;
        double squareX = 0;
        double squareY = 0;
        for (int i = 0; i < x.length; i++) {
            both += (x[i] - meanX) * (y[i] - meanY);
            squareX += (x[i] - meanX) * (x[i] - meanX);
            squareY += (y[i] - meanY) * (y[i] - meanY);
        }
        return both / Math.sqrt(squareX * squareY);
    }

    /** Correlation of a return with the size of the next one. */
    static double leverage(double[] x) {
        double[] next = sizes(Arrays.copyOfRange(x, 1, x.length));
        return correlation(Arrays.copyOf(x, x.length - 1), next);
    }

    static double[] sizes(double[] x) {
        return Arrays.stream(x).map(Math::abs).toArray();
    }
}
