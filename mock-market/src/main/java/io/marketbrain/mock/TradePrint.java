package io.marketbrain.mock;

/**
 * One public trade; price in ticks, size in lots.
 *
 * @param id grows with time
 * @param bought whether the taker (the aggressor) bought
 */
public record TradePrint(long id, long time, long price, long size, boolean bought) {}
