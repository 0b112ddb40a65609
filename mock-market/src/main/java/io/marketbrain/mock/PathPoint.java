package io.marketbrain.mock;

/** One point of a path, filled by {@link PricePath#locate}. A reusable scratch object; not thread-safe. */
final class PathPoint {
    /** Log price, base two. */
    double price;

    /** Cumulative volume in lots. */
    long volume;

    /** The size of the move, in log price, of the node of about one minute that contains the point. */
    double minuteMove;

    /** Whether the path rises at this point. */
    boolean rising;

    /** The key of the finest node that contains the point. */
    long key;
}
