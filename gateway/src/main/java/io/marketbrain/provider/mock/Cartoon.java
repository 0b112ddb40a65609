package io.marketbrain.provider.mock;

/**
 * One step down the tree: a node's move is drawn as three legs, up-down-up or its mirror image, inside
 * the box of its two end points (the three-piece generator of Mandelbrot's multifractal cartoons).
 *
 * <p>A scratch object, filled by {@link #draw} and read at once: not thread-safe. After a draw the legs
 * are (u0,p0,v0) – (uA,pA,vA) – (uB,pB,vB) – (u1,p1,v1). Every coordinate of a knot lies between those
 * of the end points, which is what makes highs and lows exact.
 */
final class Cartoon {
    private static final long SECOND_DRAW = 0x73656364L;
    private static final double STEP = 1.0 / Tables.SIZE;

    long uA;
    long uB;
    double pA;
    double pB;
    long vA;
    long vB;

    private final Texture texture;
    private final Lineage lineage;

    Cartoon(Texture texture, Lineage lineage) {
        this.texture = texture;
        this.lineage = lineage;
    }

    void draw(long u0, long u1, double p0, double p1, long v0, long v1, long key, boolean shared) {
        long du = u1 - u0;
        Texture.Sharing sharing = texture.at(du);
        long more = Mix.bits(key ^ SECOND_DRAW);

        double r = Tables.COUNTER_MOVE[(int) (key & Tables.MASK)];
        double e = ((key >>> 10 & Tables.MASK) + 0.5) * (0.9 * STEP) - 0.45;
        double y1 = 0.5 * (1 + r) + e * (1 - r);
        double y3 = 1 + r - y1;

        int i1 = (int) (key >>> 20 & Tables.MASK);
        int i2 = (int) (key >>> 30 & Tables.MASK);
        int i3 = (int) (key >>> 40 & Tables.MASK);
        double m1 = sharing.factors[i1];
        double m2 = sharing.factors[i2];
        double m3 = sharing.factors[i3];
        double q1 = sharing.roots[i1];
        double q2 = sharing.roots[i2];
        double q3 = sharing.roots[i3];
        if (du < texture.slow()) {
            if ((more & Tables.MASK) < Texture.JUMPS) {
                m1 *= Texture.JUMP;
                q1 *= Texture.ROOT_OF_JUMP;
            }
            if ((more >>> 10 & Tables.MASK) < Texture.JUMPS) {
                m2 *= Texture.JUMP;
                q2 *= Texture.ROOT_OF_JUMP;
            }
            if ((more >>> 20 & Tables.MASK) < Texture.JUMPS) {
                m3 *= Texture.JUMP;
                q3 *= Texture.ROOT_OF_JUMP;
            }
        }
        if (du >= texture.skewed()) {
            double along = p1 > p0 ? 1 + texture.skew() : 1 - texture.skew();
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

        double x1 = s1 * q1 * Texture.VOLUME[(int) (more >>> 30 & Tables.MASK)];
        double x2 = s2 * q2 * Texture.VOLUME[(int) (more >>> 40 & Tables.MASK)];
        double x3 = s3 * q3 * Texture.VOLUME[(int) (more >>> 50 & Tables.MASK)];
        double perVolume = (v1 - v0) / (x1 + x2 + x3);
        vA = Math.min(v0 + (long) (x1 * perVolume), v1);
        vB = Math.min(v0 + (long) ((x1 + x2) * perVolume), v1);

        if (shared && lineage.member()) {
            r *= 0.75 + 0.5 * Mix.unit(lineage.ownKey(key));
            y1 = 0.5 * (1 + r) + e * (1 - r);
        }
        double dp = p1 - p0;
        pA = p0 + dp * y1;
        pB = p0 + dp * (y1 - r);
    }
}
