package io.marketbrain.provider.mock;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

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
    private static final Map<AssetClass, Sharing> QUICK = byClass();
    static final Sharing SLOW = new Sharing(0.52);
    static final Sharing MIDDLE = new Sharing(0.38);

    /** Of 1,024 legs below the slow scale so many are jumps: they get a small part of their time. */
    static final int JUMPS = 14;

    static final double JUMP = 0.0529;
    static final double ROOT_OF_JUMP = 0.23;

    static final double[] VOLUME = Tables.lognormal(0.25);

    static Texture of(AssetClass kind, long dayUnits) {
        long minute = 60_000L * MarketClock.UNITS_PER_MILLI;
        return new Texture(6 * dayUnits, 20 * minute, QUICK.getOrDefault(kind, MIDDLE), 180 * minute, kind.skew());
    }

    private static Map<AssetClass, Sharing> byClass() {
        Map<AssetClass, Sharing> sharing = new EnumMap<>(AssetClass.class);
        for (AssetClass kind : AssetClass.values()) {
            sharing.put(kind, new Sharing(kind.unrest()));
        }
        return sharing;
    }

    static List<double[]> tables() {
        List<double[]> tables = new ArrayList<>(List.of(VOLUME));
        List<Sharing> sharings = new ArrayList<>(List.of(SLOW, MIDDLE));
        sharings.addAll(QUICK.values());
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
}
