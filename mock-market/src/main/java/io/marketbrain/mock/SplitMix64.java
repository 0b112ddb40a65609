package io.marketbrain.mock;

/**
 * The only source of randomness in the mock market: a 64-bit finalizer (that of SplitMix64, Steele, Lea and Flood 2014)
 * that turns a key into independent bits. Uses integer operations only, so results are the same on every machine.
 */
public final class SplitMix64 {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private static final double TWO_TO_MINUS_53 = 1.0 / (1L << 53);

    private SplitMix64() {}

    /** The finalizer: a bijection on the longs; flipping any input bit flips half of the output bits on average. */
    static long bits(long key) {
        long z = key;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** The child of {@code key} with this index. */
    public static long child(long key, long index) {
        return bits(key + GOLDEN * (index + 1));
    }

    /** The child of {@code key} with this name; every UTF-16 unit counts, in order. */
    public static long named(long key, String name) {
        long k = bits(key + GOLDEN * (name.length() + 1L));
        for (int i = 0; i < name.length(); i++) {
            k = bits(k + GOLDEN * (name.charAt(i) + 1L));
        }
        return k;
    }

    /** A number in [0, 1) from the upper 53 bits of the key. */
    public static double unit(long key) {
        return (key >>> 11) * TWO_TO_MINUS_53;
    }
}
