package io.marketbrain.mock;

/**
 * The top level of the price tree: an endless sequence of turning points that alternate between trough and peak inside
 * the bounds. They are grouped into superblocks of sixteen legs with equal total duration, so any instant is found
 * directly. The bounds always hold, because every turning point lies inside them and every path between two of them
 * stays between the two.
 *
 * <p>With A0 the amplitude, turning point k is at ln(base) + A0·(C(k) ± A(k)) + trend, A in [0.6, 1], |C| ≤ 0.35;
 * 1.35·A0 is less than the room R, which is nine tenths of the distance to the nearer bound.
 *
 * <p>Thread-safe: the only mutable state is the most recently used superblock.
 */
final class PathRoot {
    static final int LEGS = 16;

    /** The amplitude, in daily standard deviations, of a path that its bounds do not limit. */
    static final double UNBOUNDED_AMPLITUDE = 28;

    private static final long AMPLITUDE = 0x616D70L;
    private static final long CENTRE = 0x63656EL;
    private static final long LEG = 0x6C6567L;
    private static final long PHASE = 0x706861L;

    /** For a member of a group, the share of a turning point's amplitude that is specific to the member. */
    private static final double OWN_PART = 0.2;

    /** E[(A(k) + A(k+1) + noise)²]: a leg's squared size in units of A0². */
    private static final double MEAN_SQUARE = 2.62 * 0.185;

    /** Log prices use base two, which is what {@link Exp2} takes. */
    private final double centre;

    private final double amplitude;
    private final double trendPerLeg;
    private final double trendRoom;
    private final long trendAnchor;
    private final long span;
    private final long phase;
    private final long blockVolume;
    private final GroupCorrelation correlation;
    private final VolatilityProfile texture;
    private volatile Block last;

    /** @param anchor the market time at which the trend's contribution is zero */
    PathRoot(PathParameters params, long dayUnits, long anchor, VolatilityProfile texture, GroupCorrelation requested) {
        double a0 = amplitude(params);
        boolean member = requested.member() && canFollowGroup(params);
        this.correlation = member ? requested : GroupCorrelation.ungrouped(requested.own());
        this.texture = texture;
        double ratio = member ? UNBOUNDED_AMPLITUDE : a0 / params.volatility();
        double legDays = MEAN_SQUARE * ratio * ratio;
        this.span = Math.max(1 << 20, (long) (LEGS * legDays * dayUnits));
        this.phase = (long) (SplitMix64.unit(SplitMix64.child(correlation.group(), PHASE)) * span);
        this.amplitude = a0 * Exp2.log2OfE();
        this.centre = Exp2.log2(params.base());
        double shift = Math.max(-0.3 * a0, Math.min(0.3 * a0, params.trend() * legDays));
        this.trendPerLeg = shift * Exp2.log2OfE();
        this.trendRoom = Math.max(0, room(params) - 1.36 * a0) * Exp2.log2OfE();
        this.trendAnchor = (long) ((double) (anchor + phase) / span * LEGS);
        this.blockVolume = (long) (params.dailyVolume() * LEGS * legDays);
        this.last = new Block(0);
    }

    /** Nine tenths of the distance to the nearer bound, in log price. */
    private static double room(PathParameters params) {
        double up = StrictMath.log(params.max() / params.base());
        double down = StrictMath.log(params.base() / params.min());
        return 0.9 * Math.min(up, down);
    }

    /** How far the path moves from its centre, in log price. */
    static double amplitude(PathParameters params) {
        return Math.min(UNBOUNDED_AMPLITUDE * params.volatility(), room(params) / 1.5);
    }

    /** Whether the bounds leave enough room for a member of a group to follow the group. */
    static boolean canFollowGroup(PathParameters params) {
        return amplitude(params) >= 0.9 * UNBOUNDED_AMPLITUDE * params.volatility();
    }

    GroupCorrelation correlation() {
        return correlation;
    }

    /** The superblock that contains the market time {@code u}. */
    Block blockAt(long u) {
        long index = Math.floorDiv(u + phase, span);
        Block block = last;
        if (block.index != index) {
            block = new Block(index);
            last = block;
        }
        return block;
    }

    /** The superblock that follows this one. */
    Block next(Block block) {
        return blockAt(block.u[LEGS]);
    }

    /**
     * The signed amplitude of a turning point; the legs of a group are laid out with {@code ownPart} zero, so that all
     * members share them.
     */
    private double swing(long knot, double ownPart) {
        double group = SplitMix64.unit(SplitMix64.child(correlation.group() ^ AMPLITUDE, knot));
        double own = ownPart == 0 ? 0 : SplitMix64.unit(SplitMix64.child(correlation.own() ^ AMPLITUDE, knot));
        double size = 0.6 + 0.4 * ((1 - ownPart) * group + ownPart * own);
        return (knot & 1) == 0 ? -size : size;
    }

    /** Value noise of two octaves, within ±0.35. */
    private double centreOf(long knot) {
        return 0.25 * noise(knot, 8) + 0.10 * noise(knot, 3);
    }

    private double noise(long knot, int period) {
        long cell = Math.floorDiv(knot, period);
        double at = (double) Math.floorMod(knot, period) / period;
        long key = correlation.group() ^ CENTRE + period;
        double from = 2 * SplitMix64.unit(SplitMix64.child(key, cell)) - 1;
        double to = 2 * SplitMix64.unit(SplitMix64.child(key, cell + 1)) - 1;
        return from + (to - from) * at;
    }

    /** The trend's shift of the centre: linear at first, then levelling off towards the available room. */
    private double drift(long knot) {
        if (trendRoom == 0 || trendPerLeg == 0) {
            return 0;
        }
        double x = trendPerLeg * (knot - trendAnchor) / trendRoom;
        return trendRoom * x / Math.sqrt(1 + x * x);
    }

    private double knot(long k) {
        return centre + amplitude * (centreOf(k) + swing(k, correlation.member() ? OWN_PART : 0)) + drift(k);
    }

    /** Sixteen legs: their end points and keys. Immutable. */
    final class Block {
        final long index;
        final long[] u = new long[LEGS + 1];
        final double[] p = new double[LEGS + 1];
        final long[] v = new long[LEGS + 1];
        final long[] key = new long[LEGS];

        Block(long index) {
            this.index = index;
            long first = index * LEGS;
            double[] share = new double[LEGS];
            double total = 0;
            for (int i = 0; i < LEGS; i++) {
                key[i] = SplitMix64.child(correlation.group() ^ LEG, first + i);
                double y =
                        centreOf(first + i + 1) - centreOf(first + i) + swing(first + i + 1, 0) - swing(first + i, 0);
                double skew = (first + i & 1) == 0 ? 1 + texture.skew() : 1 - texture.skew();
                share[i] = y * y * VolatilityProfile.COARSE.factors[(int) (key[i] >>> 54)] * skew;
                total += share[i];
            }
            u[0] = index * span - phase;
            u[LEGS] = u[0] + span;
            v[0] = index * blockVolume;
            v[LEGS] = v[0] + blockVolume;
            double sum = 0;
            for (int i = 0; i <= LEGS; i++) {
                p[i] = knot(first + i);
                if (i > 0 && i < LEGS) {
                    sum += share[i - 1];
                    u[i] = u[0] + (long) (span * (sum / total));
                    v[i] = v[0] + (long) (blockVolume * (sum / total));
                }
            }
        }

        /** The index of the leg that contains {@code at}. */
        int leg(long at) {
            int i = 0;
            while (i < LEGS - 1 && at >= u[i + 1]) {
                i++;
            }
            return i;
        }
    }
}
