package io.marketbrain.provider.mock;

/**
 * A quote in ticks and lots: bid ≤ last ≤ ask, and last is one of the two.
 *
 * @param time when the market last traded, milliseconds since 1970
 */
record Tick(long time, long bid, long bidSize, long ask, long askSize, long last) {}
