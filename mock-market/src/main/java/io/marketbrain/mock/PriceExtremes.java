package io.marketbrain.mock;

/** The highest and lowest log price seen so far. A reusable scratch object; not thread-safe. */
final class PriceExtremes {
    double high = Double.NEGATIVE_INFINITY;
    double low = Double.POSITIVE_INFINITY;

    void add(double price) {
        if (price > high) {
            high = price;
        }
        if (price < low) {
            low = price;
        }
    }

    boolean contains(double a, double b) {
        return a <= high && b <= high && a >= low && b >= low;
    }
}
