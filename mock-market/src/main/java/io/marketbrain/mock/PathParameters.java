package io.marketbrain.mock;

/**
 * The parameters of one symbol's path.
 *
 * @param base the price that the path moves around, in the quote currency
 * @param volatility standard deviation of a day's log return
 * @param trend drift of the centre per day, in log price; it levels off where the bounds leave no room
 * @param min exclusive lower bound of the price
 * @param max exclusive upper bound of the price
 * @param dailyVolume typical volume of a day, in lots
 */
record PathParameters(double base, double volatility, double trend, double min, double max, double dailyVolume) {}
