package io.marketbrain.model.stream;

import io.marketbrain.model.Interval;

/** What a channel carries. Equal kinds of one instrument share one subscription at the provider. */
public sealed interface StreamKind {

    /** The latest quote; an older one is worthless once a newer one is known. */
    record Quotes() implements StreamKind {
        @Override
        public String wire() {
            return "quote";
        }
    }

    /** Every public trade, once and in order. */
    record Trades() implements StreamKind {
        @Override
        public String wire() {
            return "trade";
        }

        @Override
        public boolean everyEventCounts() {
            return true;
        }
    }

    /**
     * The order book after every change.
     *
     * @param depth the most levels a side
     */
    record Book(int depth) implements StreamKind {
        @Override
        public String wire() {
            return "book:" + depth;
        }
    }

    /** The bar that is open, after every change, and each bar once more when it is complete. */
    record Bars(Interval interval) implements StreamKind {
        @Override
        public String wire() {
            return "candle:" + interval.wire();
        }
    }

    /** News items as they are published; the subject is a search text, not an instrument. */
    record News() implements StreamKind {
        @Override
        public String wire() {
            return "news";
        }

        @Override
        public boolean everyEventCounts() {
            return true;
        }
    }

    /** The name in requests and JSON: {@code quote}, {@code trade}, {@code book:20}, {@code candle:1m}, {@code news}. */
    String wire();

    /** Whether no event may be left out; of other kinds a slow reader gets the newest only. */
    default boolean everyEventCounts() {
        return false;
    }
}
