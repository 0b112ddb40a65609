package io.marketbrain.store.redis;

/**
 * The limits of one reply from Redis, so that the memory a reply takes never depends on the lengths that it states.
 *
 * @param bytes the largest reply, all its lines and texts together
 * @param elements the most elements of all arrays of a reply together
 * @param depth the most arrays inside each other
 * @param line the longest status, error or number, in bytes
 */
record ReplyLimits(int bytes, int elements, int depth, int line) {
    /** Enough for the description of a cluster, the largest reply apart from cached values. */
    private static final int LEAST_BYTES = 1 << 20;

    /** What a reply holds apart from a cached value. */
    private static final int OVERHEAD_BYTES = 64 << 10;

    /** A cluster describes itself with about ten elements for each range of slots. */
    private static final int ELEMENTS = 65_536;

    /** A cluster describes itself with four. */
    private static final int DEPTH = 8;

    private static final int LINE_BYTES = 8 << 10;

    /** The limits for a client that reads values of up to {@code maxValueBytes}. */
    static ReplyLimits forValuesOf(int maxValueBytes) {
        return new ReplyLimits(Math.max(LEAST_BYTES, maxValueBytes) + OVERHEAD_BYTES, ELEMENTS, DEPTH, LINE_BYTES);
    }
}
