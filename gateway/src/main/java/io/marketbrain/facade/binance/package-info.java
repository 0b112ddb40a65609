/**
 * Binance's API of market data (spot REST v3 and streams), served from our data. Belongs here: its paths, parameters,
 * shapes, codes of errors. Does not belong here: how Binance itself is called, which is a provider.
 */
@NullMarked
package io.marketbrain.facade.binance;

import org.jspecify.annotations.NullMarked;
