package io.marketbrain.mock;

import java.util.ArrayList;
import java.util.List;

/**
 * The tables behind all randomness of the mock market: quantiles at the centres of {@value #SIZE} equally likely
 * classes. They are computed once with {@link StrictMath}, which gives the same result on every machine; a test pins
 * their hash. Changing one value changes every market.
 */
final class RandomTables {
    static final int BITS = 10;
    static final int SIZE = 1 << BITS;
    static final int MASK = SIZE - 1;

    /** Standard normal quantiles. */
    private static final double[] NORMAL = normal();

    /** The size r of the counter-move of a {@link FractalGenerator}: triangular, with limits that make E[Σ y²] = 1. */
    static final double[] COUNTER_MOVE = triangular(0.049, 0.531);

    private RandomTables() {}

    /** Quantiles of exp(sd·Z). */
    static double[] lognormal(double sd) {
        double[] table = new double[SIZE];
        for (int i = 0; i < SIZE; i++) {
            table[i] = StrictMath.exp(sd * NORMAL[i]);
        }
        return table;
    }

    /** The square root of every entry. */
    static double[] roots(double[] table) {
        double[] roots = new double[table.length];
        for (int i = 0; i < roots.length; i++) {
            roots[i] = Math.sqrt(table[i]);
        }
        return roots;
    }

    private static double[] triangular(double low, double high) {
        double[] table = new double[SIZE];
        for (int i = 0; i < SIZE; i++) {
            double q = (i + 0.5) / SIZE;
            table[i] = q < 0.5 ? low + (high - low) * Math.sqrt(q / 2) : high - (high - low) * Math.sqrt((1 - q) / 2);
        }
        return table;
    }

    /** Inverts the normal distribution function, itself summed by Simpson's rule from zero upwards. */
    private static double[] normal() {
        double[] table = new double[SIZE];
        double step = 1.0 / 64;
        double weight = step / 6 / Math.sqrt(2 * Math.PI);
        double z = 0;
        double below = 0.5;
        double density = 1;
        double end = density(step);
        double next = below + weight * (density + 4 * density(step / 2) + end);
        for (int i = SIZE / 2; i < SIZE; i++) {
            double q = (i + 0.5) / SIZE;
            while (next < q) {
                z += step;
                below = next;
                density = end;
                end = density(z + step);
                next = below + weight * (density + 4 * density(z + step / 2) + end);
            }
            table[i] = z + step * (q - below) / (next - below);
            table[SIZE - 1 - i] = -table[i];
        }
        return table;
    }

    private static double density(double z) {
        return StrictMath.exp(-z * z / 2);
    }

    /** A hash of every table, for the test that pins them. */
    static long fingerprint() {
        long hash = 0;
        List<double[]> tables = new ArrayList<>(List.of(NORMAL, COUNTER_MOVE, Exp2.table(), OrderBookGenerator.SIZES));
        tables.addAll(VolatilityProfile.tables());
        for (double[] table : tables) {
            for (double value : table) {
                hash = SplitMix64.bits(hash + Double.doubleToRawLongBits(value));
            }
        }
        return hash;
    }
}
