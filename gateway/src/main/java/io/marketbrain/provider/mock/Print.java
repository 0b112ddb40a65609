package io.marketbrain.provider.mock;

/**
 * One public trade in ticks and lots.
 *
 * @param id grows with time
 * @param bought whether the taker bought
 */
record Print(long id, long time, long price, long size, boolean bought) {}
