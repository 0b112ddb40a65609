package io.marketbrain.mock;

import io.marketbrain.mock.calendar.MarketClock;
import java.util.ArrayList;
import java.util.List;

/**
 * The fine structure of a path, which differs between asset classes: how unevenly time is split among the legs of a
 * {@link FractalGenerator} at each scale. Durations are in market-time units.
 *
 * @param coarseFrom from this duration upwards time is split as {@link #COARSE} says
 * @param fineBelow below this duration time is split as {@code fineSplit} says
 * @param fineSplit the split at the finest scale
 * @param skewFrom from this duration upwards rising legs take longer than falling ones
 * @param skew by how much, as a fraction
 */
record VolatilityProfile(long coarseFrom, long fineBelow, TimeSplit fineSplit, long skewFrom, double skew) {
    static final TimeSplit COARSE = new TimeSplit(0.52);
    static final TimeSplit MEDIUM = new TimeSplit(0.38);

    /**
     * The number of legs in 1,024, below the coarse scale, that are jumps: they get a small part of their usual time.
     */
    static final int JUMPS = 14;

    static final double JUMP = 0.0529;
    static final double ROOT_OF_JUMP = 0.23;

    static final double[] VOLUME = RandomTables.lognormal(0.25);

    static VolatilityProfile of(AssetClass kind, long dayUnits) {
        long minute = 60_000L * MarketClock.UNITS_PER_MILLI;
        return new VolatilityProfile(6 * dayUnits, 20 * minute, fineSplit(kind), 180 * minute, kind.skew());
    }

    /** The split below {@code fineBelow}: three tables serve all classes. */
    private static TimeSplit fineSplit(AssetClass kind) {
        return switch (kind) {
            case CRYPTO -> Crypto.FINE;
            case STOCK, INDEX -> Stock.FINE;
            case FX, COMMODITY -> Fx.FINE;
        };
    }

    static List<double[]> tables() {
        List<double[]> tables = new ArrayList<>(List.of(VOLUME));
        List<TimeSplit> splits = new ArrayList<>(List.of(COARSE, MEDIUM));
        splits.addAll(List.of(Crypto.FINE, Stock.FINE, Fx.FINE));
        for (TimeSplit split : splits) {
            tables.add(split.factors);
            tables.add(split.roots);
        }
        return tables;
    }

    TimeSplit at(long duration) {
        return duration >= coarseFrom ? COARSE : duration >= fineBelow ? MEDIUM : fineSplit;
    }

    /** Lognormal factors of time shares, and their square roots. */
    static final class TimeSplit {
        final double[] factors;
        final double[] roots;

        TimeSplit(double sd) {
            factors = RandomTables.lognormal(sd);
            roots = RandomTables.roots(factors);
        }
    }

    private static final class Crypto {
        static final TimeSplit FINE = new TimeSplit(0.53);
    }

    private static final class Stock {
        static final TimeSplit FINE = new TimeSplit(0.64);
    }

    private static final class Fx {
        static final TimeSplit FINE = new TimeSplit(0.57);
    }
}
