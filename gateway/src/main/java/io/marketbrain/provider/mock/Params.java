package io.marketbrain.provider.mock;

/**
 * The numbers that shape one symbol's path.
 *
 * @param base the price the path swings around, in the quote currency
 * @param volatility standard deviation of a day's log return
 * @param trend drift of the centre per day, in log price; it dies out where the bounds leave no room
 * @param min the price never falls to it
 * @param max the price never rises to it
 * @param dailyVolume typical volume of a day, in lots
 */
record Params(double base, double volatility, double trend, double min, double max, double dailyVolume) {}
