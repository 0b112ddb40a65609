package io.marketbrain.provider.mock;

/**
 * One public trade; price in ticks, size in lots.
 *
 * @param id grows with time
 * @param bought whether the taker (the aggressor) bought
 */
record Print(long id, long time, long price, long size, boolean bought) {}
