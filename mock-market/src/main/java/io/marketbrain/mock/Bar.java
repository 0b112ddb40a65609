package io.marketbrain.mock;

/**
 * One candle; prices in ticks, volume in lots. It covers every price from its first open instant to its last, both
 * inclusive, so a market that never closes has close = next open.
 *
 * @param open, high, low, close in ticks
 * @param start start of the interval, milliseconds since 1970
 * @param end end of the interval
 * @param volume in lots
 * @param complete whether the interval had ended at the time of the request
 */
public record Bar(long start, long end, long open, long high, long low, long close, long volume, boolean complete) {}
