package io.marketbrain.mock;

/**
 * Two to the power of x, by linear interpolation in a table. Monotone down to the last bit: a larger argument never
 * gives a smaller result. Relative error below 10⁻⁸.
 *
 * <p>Neighbouring entries are within a factor of two, so their difference is exact (Sterbenz), and adjacent cells meet
 * exactly at their boundary.
 */
final class Exp2 {
    private static final int COARSE = 64;
    private static final int CELLS = COARSE * COARSE;
    private static final double[] TABLE = build();
    private static final double LN2 = StrictMath.log(2);

    private Exp2() {}

    static double of(double x) {
        double floor = Math.floor(x);
        double scaled = (x - floor) * CELLS;
        int cell = (int) scaled;
        double from = TABLE[cell];
        double mantissa = from + (TABLE[cell + 1] - from) * (scaled - cell);
        return mantissa * Double.longBitsToDouble((long) (1023 + (int) floor) << 52);
    }

    /** The inverse; used only for parameters, not on the path itself. */
    static double log2(double x) {
        return StrictMath.log(x) / LN2;
    }

    static double log2OfE() {
        return 1 / LN2;
    }

    static double[] table() {
        return TABLE.clone();
    }

    private static double[] build() {
        double[] fine = new double[COARSE];
        for (int i = 0; i < COARSE; i++) {
            fine[i] = StrictMath.pow(2, (double) i / CELLS);
        }
        double[] table = new double[CELLS + 2];
        for (int i = 0; i < COARSE; i++) {
            double coarse = StrictMath.pow(2, (double) i / COARSE);
            for (int j = 0; j < COARSE; j++) {
                table[i * COARSE + j] = coarse * fine[j];
            }
        }
        table[CELLS] = 2;
        table[CELLS + 1] = table[CELLS];
        return table;
    }
}
