package io.marketbrain.mock;

/**
 * A quote; prices in ticks, sizes in lots: bid ≤ last ≤ ask, and last equals bid or ask.
 *
 * @param time when the market last traded, in milliseconds since 1970
 */
public record BidAsk(long time, long bid, long bidSize, long ask, long askSize, long last) {}
