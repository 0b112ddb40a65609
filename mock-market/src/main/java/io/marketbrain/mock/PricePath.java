package io.marketbrain.mock;

import io.marketbrain.mock.calendar.TradingCalendar;
import org.jspecify.annotations.Nullable;

/**
 * The log price and cumulative volume of one symbol as functions of its market time. They are found by descending the
 * tree of {@link FractalGenerator}s from a superblock: a fractal with random access and no stored data.
 *
 * <p>Why ranges are exact: each {@link FractalGenerator} stays inside the box of its node's end points, so a node's whole path
 * lies between its two end prices, and the extremes of any range are those of its two ends and of the points between
 * them. {@link #extremes} therefore costs two descents, whatever the length of the range.
 *
 * <p>Thread-safe. Only + − × ÷, square roots and integers are used below the root, so every machine and every compiler
 * produces the same bits. References: Mandelbrot, "A multifractal walk down Wall Street" (1999); Li et al., virtual
 * Brownian tree (2020).
 */
final class PricePath {
    private final PathRoot root;
    private final VolatilityProfile volatility;
    private final GroupCorrelation correlation;
    private final long leaf;
    private final long minute;

    /**
     * @param leaf nodes up to this duration are straight lines
     * @param minute the duration over which {@link PathPoint#minuteMove} is measured
     */
    PricePath(PathRoot root, VolatilityProfile volatility, long leaf, long minute) {
        this.root = root;
        this.volatility = volatility;
        this.correlation = root.correlation();
        this.leaf = leaf;
        this.minute = minute;
    }

    /** Fills {@code spot} with the path at market time {@code u}. */
    void locate(long u, PathPoint spot) {
        PathRoot.Block block = root.blockAt(u);
        int leg = block.leg(u);
        long u0 = block.u[leg];
        long u1 = block.u[leg + 1];
        double p0 = block.p[leg];
        double p1 = block.p[leg + 1];
        long v0 = block.v[leg];
        long v1 = block.v[leg + 1];
        long key = block.key[leg];
        boolean shared = correlation.member();
        double minuteMove = -1;
        FractalGenerator c = new FractalGenerator(volatility, correlation);
        while (u1 - u0 > leaf) {
            c.draw(u0, u1, p0, p1, v0, v1, key, shared);
            int child;
            if (u < c.uA) {
                child = 0;
                u1 = c.uA;
                p1 = c.pA;
                v1 = c.vA;
            } else if (u < c.uB) {
                child = 1;
                u0 = c.uA;
                p0 = c.pA;
                v0 = c.vA;
                u1 = c.uB;
                p1 = c.pB;
                v1 = c.vB;
            } else {
                child = 2;
                u0 = c.uB;
                p0 = c.pB;
                v0 = c.vB;
            }
            key = SplitMix64.child(key, child);
            if (shared && correlation.branchesOff(key)) {
                key = correlation.memberKey(key);
                shared = false;
            }
            if (minuteMove < 0 && u1 - u0 <= minute) {
                minuteMove = Math.abs(p1 - p0);
            }
        }
        spot.price = between(u0, u1, p0, p1, u);
        spot.volume = volumeBetween(u0, u1, v0, v1, u);
        spot.minuteMove = Math.max(minuteMove, Math.abs(p1 - p0));
        spot.rising = p1 > p0;
        spot.key = key;
    }

    /** Adds every price in the closed range {@code from … to} to {@code found}. */
    void extremes(long from, long to, PriceExtremes found) {
        new Search(from, to, found, null).run();
    }

    /** The same, without the prices that the path has while the market is closed. */
    void extremes(long from, long to, TradingCalendar sessions, PriceExtremes found) {
        new Search(from, to, found, sessions.range(from, to)).run();
    }

    private static double between(long u0, long u1, double p0, double p1, long u) {
        return u == u1 ? p1 : p0 + (p1 - p0) * ((double) (u - u0) / (u1 - u0));
    }

    private static long volumeBetween(long u0, long u1, long v0, long v1, long u) {
        return v0 + (long) ((v1 - v0) * ((double) (u - u0) / (u1 - u0)));
    }

    /**
     * A range search. Within one session the box of a node that lies in the range gives its extremes. Over several
     * sessions the box counts only where its extreme is reached while the market is open; otherwise the search descends
     * into the node, unless its box cannot extend the extremes found so far (branch and bound).
     */
    private final class Search {
        private final long from;
        private final long to;
        private final PriceExtremes found;
        private final TradingCalendar.@Nullable Range sessions;
        private final FractalGenerator c = new FractalGenerator(volatility, correlation);

        Search(long from, long to, PriceExtremes found, TradingCalendar.@Nullable Range sessions) {
            this.from = from;
            this.to = to;
            this.found = found;
            this.sessions = sessions;
        }

        void run() {
            PathRoot.Block block = root.blockAt(from);
            while (true) {
                for (int i = block.leg(from); i < PathRoot.LEGS && block.u[i] <= to; i++) {
                    visit(block.u[i], block.u[i + 1], block.p[i], block.p[i + 1], block.key[i], correlation.member());
                }
                if (block.u[PathRoot.LEGS] > to) {
                    return;
                }
                block = root.next(block);
            }
        }

        private void visit(long u0, long u1, double p0, double p1, long key, boolean shared) {
            if (found.contains(p0, p1)) {
                return;
            }
            boolean inside = from <= u0 && u1 <= to;
            if (inside) {
                if (sessions == null) {
                    found.add(p0);
                    found.add(p1);
                    return;
                }
                if (sessions.isOpenAt(u0)) {
                    found.add(p0);
                }
                if (sessions.isOpenAt(u1)) {
                    found.add(p1);
                }
                if (found.contains(p0, p1) || sessions.isClosedThrough(u0, u1)) {
                    return;
                }
            }
            if (u1 - u0 <= leaf) {
                straight(Math.max(u0, from), Math.min(u1, to), u0, u1, p0, p1);
                return;
            }
            c.draw(u0, u1, p0, p1, 0, 0, key, shared);
            long uA = c.uA;
            long uB = c.uB;
            double pA = c.pA;
            double pB = c.pB;
            if (from < uA) {
                child(0, u0, uA, p0, pA, key, shared);
            }
            if (from < uB && to >= uA) {
                child(1, uA, uB, pA, pB, key, shared);
            }
            if (to >= uB) {
                child(2, uB, u1, pB, p1, key, shared);
            }
        }

        private void child(int number, long u0, long u1, double p0, double p1, long parent, boolean shared) {
            long key = SplitMix64.child(parent, number);
            if (shared && correlation.branchesOff(key)) {
                visit(u0, u1, p0, p1, correlation.memberKey(key), false);
            } else {
                visit(u0, u1, p0, p1, key, shared);
            }
        }

        private void straight(long a, long b, long u0, long u1, double p0, double p1) {
            if (sessions == null) {
                found.add(between(u0, u1, p0, p1, a));
                found.add(between(u0, u1, p0, p1, b));
                return;
            }
            long first = sessions.openFrom(a);
            while (first <= b) {
                long end = Math.min(b, sessions.closeOf(first));
                found.add(between(u0, u1, p0, p1, first));
                found.add(between(u0, u1, p0, p1, end));
                first = sessions.openFrom(end + 1);
            }
        }
    }
}
