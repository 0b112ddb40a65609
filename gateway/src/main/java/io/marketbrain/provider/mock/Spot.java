package io.marketbrain.provider.mock;

/** One point of a path, filled by {@link Path#locate}: a scratch object, not thread-safe. */
final class Spot {
    /** Log price, base two. */
    double price;

    /** Cumulative volume in lots. */
    long volume;

    /** The size of the move, in log price, of the node of about a minute that holds the point. */
    double bustle;

    /** Whether the path rises at this point. */
    boolean rising;

    /** The key of the finest node that holds the point. */
    long key;
}
