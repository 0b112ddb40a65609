package io.marketbrain.provider.mock;

import java.util.ArrayList;
import java.util.List;

/**
 * What distinguishes one class of market from another in the fine grain of its path: how unevenly time
 * is shared among the legs of a cartoon at each scale. Durations are in market-time units.
 *
 * @param slow from this duration upwards the sharing of time is {@link #SLOW}
 * @param quick below this duration it is {@code quickly}
 * @param skewed from this duration upwards rising legs take longer than falling ones
 * @param skew by how much, as a share
 */
record Texture(long slow, long quick, Sharing quickly, long skewed, double skew) {
    static final Sharing SLOW = new Sharing(0.52);
    static final Sharing MIDDLE = new Sharing(0.38);

    /** Of 1,024 legs below the slow scale so many are jumps: they get a small part of their time. */
    static final int JUMPS = 14;

    static final double JUMP = 0.0529;
    static final double ROOT_OF_JUMP = 0.23;

    static final double[] VOLUME = Tables.lognormal(0.25);

    static Texture of(AssetClass kind, long dayUnits) {
        long minute = 60_000L * MarketClock.UNITS_PER_MILLI;
        return new Texture(6 * dayUnits, 20 * minute, quickly(kind), 180 * minute, kind.skew());
    }

    /** The sharing below the quick scale: three tables serve all classes. */
    private static Sharing quickly(AssetClass kind) {
        return switch (kind) {
            case CRYPTO -> Crypto.QUICK;
            case STOCK, INDEX -> Stock.QUICK;
            case FX, COMMODITY -> Fx.QUICK;
        };
    }

    static List<double[]> tables() {
        List<double[]> tables = new ArrayList<>(List.of(VOLUME));
        List<Sharing> sharings = new ArrayList<>(List.of(SLOW, MIDDLE));
        sharings.addAll(List.of(Crypto.QUICK, Stock.QUICK, Fx.QUICK));
        for (Sharing sharing : sharings) {
            tables.add(sharing.factors);
            tables.add(sharing.roots);
        }
        return tables;
    }

    Sharing at(long duration) {
        return duration >= slow ? SLOW : duration >= quick ? MIDDLE : quickly;
    }

    /** Lognormal factors of time shares, and their square roots. */
    static final class Sharing {
        final double[] factors;
        final double[] roots;

        Sharing(double sd) {
            factors = Tables.lognormal(sd);
            roots = Tables.roots(factors);
        }
    }

    private static final class Crypto {
        static final Sharing QUICK = new Sharing(0.53);
    }

    private static final class Stock {
        static final Sharing QUICK = new Sharing(0.64);
    }

    private static final class Fx {
        static final Sharing QUICK = new Sharing(0.57);
    }
}
