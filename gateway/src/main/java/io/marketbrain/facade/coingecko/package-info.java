/** The part of CoinGecko's API that portfolio programs use: simple prices, and the chart of a coin. */
@NullMarked
package io.marketbrain.facade.coingecko;

import org.jspecify.annotations.NullMarked;
