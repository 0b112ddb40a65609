package io.marketbrain.provider.mock;

/**
 * One candle in ticks and lots. It is closed at both ends: it covers every price from its first open
 * instant to its last, both included, so that a market which never closes has close = next open.
 *
 * @param open, high, low, close in ticks
 * @param start beginning of the interval, milliseconds since 1970
 * @param end end of the interval
 * @param volume in lots
 * @param complete whether the interval was over when the candle was asked for
 */
record Bar(long start, long end, long open, long high, long low, long close, long volume, boolean complete) {}
