package io.marketbrain.provider.mock;

/**
 * The top of the tree: an endless row of knots that alternate trough and peak inside the bounds, cut
 * into superblocks of sixteen legs of equal total duration, so that any instant is found without
 * walking there. The bounds hold for ever because every knot lies inside them and every path between
 * two knots lies between the two.
 *
 * <p>With A0 the amplitude, knot k is at ln(base) + A0·(C(k) ± A(k)) + trend, A in [0.6, 1], |C| ≤ 0.35;
 * 1.35·A0 is less than the room R, which is nine tenths of the way to the nearer bound.
 *
 * <p>Thread-safe: the only state is the superblock used last.
 */
final class Root {
    static final int LEGS = 16;

    /** The amplitude, in daily standard deviations, of a path that its bounds do not narrow. */
    static final double WIDE = 28;

    private static final long AMPLITUDE = 0x616D70L;
    private static final long CENTRE = 0x63656EL;
    private static final long LEG = 0x6C6567L;
    private static final long PHASE = 0x706861L;

    /** In a group's member, the part of a knot's amplitude that is its own. */
    private static final double OWN_PART = 0.2;

    /** E[(A(k) + A(k+1) + noise)²]: a leg's squared size in units of A0². */
    private static final double MEAN_SQUARE = 2.62 * 0.185;

    /** ln(base) etc. are kept to the base two, which is what {@link Exp2} takes. */
    private final double centre;

    private final double amplitude;
    private final double trendPerLeg;
    private final double trendRoom;
    private final long trendAnchor;
    private final long span;
    private final long phase;
    private final long blockVolume;
    private final Lineage lineage;
    private final Texture texture;
    private volatile Block last;

    /**
     * @param anchor the market time from which the trend is counted
     */
    Root(Params params, long dayUnits, long anchor, Texture texture, Lineage wanted) {
        double a0 = amplitude(params);
        boolean member = wanted.member() && fits(params);
        this.lineage = member ? wanted : Lineage.alone(wanted.own());
        this.texture = texture;
        double ratio = member ? WIDE : a0 / params.volatility();
        double legDays = MEAN_SQUARE * ratio * ratio;
        this.span = Math.max(1 << 20, (long) (LEGS * legDays * dayUnits));
        this.phase = (long) (Mix.unit(Mix.child(lineage.group(), PHASE)) * span);
        this.amplitude = a0 * Exp2.log2OfE();
        this.centre = Exp2.log2(params.base());
        double shift = Math.max(-0.3 * a0, Math.min(0.3 * a0, params.trend() * legDays));
        this.trendPerLeg = shift * Exp2.log2OfE();
        this.trendRoom = Math.max(0, room(params) - 1.36 * a0) * Exp2.log2OfE();
        this.trendAnchor = (long) ((double) (anchor + phase) / span * LEGS);
        this.blockVolume = (long) (params.dailyVolume() * LEGS * legDays);
        this.last = new Block(0);
    }

    /** Nine tenths of the way to the nearer bound, in log price. */
    private static double room(Params params) {
        double up = StrictMath.log(params.max() / params.base());
        double down = StrictMath.log(params.base() / params.min());
        return 0.9 * Math.min(up, down);
    }

    /** How far the path swings about its centre, in log price. */
    static double amplitude(Params params) {
        return Math.min(WIDE * params.volatility(), room(params) / 1.5);
    }

    /** Whether the bounds leave a member of a group enough room to follow it. */
    static boolean fits(Params params) {
        return amplitude(params) >= 0.9 * WIDE * params.volatility();
    }

    Lineage lineage() {
        return lineage;
    }

    /** The superblock that holds the market time {@code u}. */
    Block blockAt(long u) {
        long index = Math.floorDiv(u + phase, span);
        Block block = last;
        if (block.index != index) {
            block = new Block(index);
            last = block;
        }
        return block;
    }

    /** The superblock after this one. */
    Block after(Block block) {
        return blockAt(block.u[LEGS]);
    }

    /** The signed amplitude of a knot; a group's legs are laid out without the members' own part. */
    private double swing(long knot, double ownPart) {
        double group = Mix.unit(Mix.child(lineage.group() ^ AMPLITUDE, knot));
        double own = ownPart == 0 ? 0 : Mix.unit(Mix.child(lineage.own() ^ AMPLITUDE, knot));
        double size = 0.6 + 0.4 * ((1 - ownPart) * group + ownPart * own);
        return (knot & 1) == 0 ? -size : size;
    }

    /** Value noise of two octaves in ±0.35. */
    private double centreOf(long knot) {
        return 0.25 * noise(knot, 8) + 0.10 * noise(knot, 3);
    }

    private double noise(long knot, int period) {
        long cell = Math.floorDiv(knot, period);
        double at = (double) Math.floorMod(knot, period) / period;
        long key = lineage.group() ^ CENTRE + period;
        double from = 2 * Mix.unit(Mix.child(key, cell)) - 1;
        double to = 2 * Mix.unit(Mix.child(key, cell + 1)) - 1;
        return from + (to - from) * at;
    }

    /** The trend's shift of the centre: straight at first, then bending towards the room there is. */
    private double drift(long knot) {
        if (trendRoom == 0 || trendPerLeg == 0) {
            return 0;
        }
        double x = trendPerLeg * (knot - trendAnchor) / trendRoom;
        return trendRoom * x / Math.sqrt(1 + x * x);
    }

    private double knot(long k) {
        return centre + amplitude * (centreOf(k) + swing(k, lineage.member() ? OWN_PART : 0)) + drift(k);
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
                key[i] = Mix.child(lineage.group() ^ LEG, first + i);
                double y =
                        centreOf(first + i + 1) - centreOf(first + i) + swing(first + i + 1, 0) - swing(first + i, 0);
                double skew = (first + i & 1) == 0 ? 1 + texture.skew() : 1 - texture.skew();
                share[i] = y * y * Texture.SLOW.factors[(int) (key[i] >>> 54)] * skew;
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

        /** The number of the leg that holds {@code at}. */
        int leg(long at) {
            int i = 0;
            while (i < LEGS - 1 && at >= u[i + 1]) {
                i++;
            }
            return i;
        }
    }
}
