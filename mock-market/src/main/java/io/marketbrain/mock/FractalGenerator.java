package io.marketbrain.mock;

/**
 * One step of the fractal: a node's move is split into three legs, up-down-up or its mirror image, inside the box
 * spanned by its two end points (the three-piece generator of Mandelbrot's multifractal cartoons).
 *
 * <p>A reusable scratch object: {@link #draw} fills it and the caller reads it immediately. Not thread-safe. After a
 * call the legs are (u0,p0,v0) – (uA,pA,vA) – (uB,pB,vB) – (u1,p1,v1). Every coordinate of an inner point lies between
 * those of the end points, which is what makes highs and lows exact.
 */
final class FractalGenerator {
    private static final long SECOND_DRAW = 0x73656364L;
    private static final double STEP = 1.0 / RandomTables.SIZE;

    long uA;
    long uB;
    double pA;
    double pB;
    long vA;
    long vB;

    private final VolatilityProfile volatility;
    private final GroupCorrelation correlation;

    FractalGenerator(VolatilityProfile volatility, GroupCorrelation correlation) {
        this.volatility = volatility;
        this.correlation = correlation;
    }

    void draw(long u0, long u1, double p0, double p1, long v0, long v1, long key, boolean shared) {
        long du = u1 - u0;
        VolatilityProfile.TimeSplit split = volatility.at(du);
        long more = SplitMix64.bits(key ^ SECOND_DRAW);

        double r = RandomTables.COUNTER_MOVE[(int) (key & RandomTables.MASK)];
        double e = ((key >>> 10 & RandomTables.MASK) + 0.5) * (0.9 * STEP) - 0.45;
        double y1 = 0.5 * (1 + r) + e * (1 - r);
        double y3 = 1 + r - y1;

        int i1 = (int) (key >>> 20 & RandomTables.MASK);
        int i2 = (int) (key >>> 30 & RandomTables.MASK);
        int i3 = (int) (key >>> 40 & RandomTables.MASK);
        double m1 = split.factors[i1];
        double m2 = split.factors[i2];
        double m3 = split.factors[i3];
        double q1 = split.roots[i1];
        double q2 = split.roots[i2];
        double q3 = split.roots[i3];
        if (du < volatility.coarseFrom()) {
            if ((more & RandomTables.MASK) < VolatilityProfile.JUMPS) {
                m1 *= VolatilityProfile.JUMP;
                q1 *= VolatilityProfile.ROOT_OF_JUMP;
            }
            if ((more >>> 10 & RandomTables.MASK) < VolatilityProfile.JUMPS) {
                m2 *= VolatilityProfile.JUMP;
                q2 *= VolatilityProfile.ROOT_OF_JUMP;
            }
            if ((more >>> 20 & RandomTables.MASK) < VolatilityProfile.JUMPS) {
                m3 *= VolatilityProfile.JUMP;
                q3 *= VolatilityProfile.ROOT_OF_JUMP;
            }
        }
        if (du >= volatility.skewFrom()) {
            double along = p1 > p0 ? 1 + volatility.skew() : 1 - volatility.skew();
            m1 *= along;
            m2 *= 2 - along;
            m3 *= along;
        }
        double s1 = y1 * y1;
        double s2 = r * r;
        double s3 = y3 * y3;
        double t1 = s1 * m1;
        double t2 = s2 * m2;
        double perTime = du / (t1 + t2 + s3 * m3);
        uA = Math.min(Math.max(u0 + (long) (t1 * perTime), u0 + 1), u1 - 2);
        uB = Math.min(Math.max(u0 + (long) ((t1 + t2) * perTime), uA + 1), u1 - 1);

        double x1 = s1 * q1 * VolatilityProfile.VOLUME[(int) (more >>> 30 & RandomTables.MASK)];
        double x2 = s2 * q2 * VolatilityProfile.VOLUME[(int) (more >>> 40 & RandomTables.MASK)];
        double x3 = s3 * q3 * VolatilityProfile.VOLUME[(int) (more >>> 50 & RandomTables.MASK)];
        double perVolume = (v1 - v0) / (x1 + x2 + x3);
        vA = Math.min(v0 + (long) (x1 * perVolume), v1);
        vB = Math.min(v0 + (long) ((x1 + x2) * perVolume), v1);

        if (shared && correlation.member()) {
            r *= 0.75 + 0.5 * SplitMix64.unit(correlation.memberKey(key));
            y1 = 0.5 * (1 + r) + e * (1 - r);
        }
        double dp = p1 - p0;
        pA = p0 + dp * y1;
        pB = p0 + dp * (y1 - r);
    }
}
