/** Binance spot: public market data of its REST API, version 3. */
@NullMarked
package io.marketbrain.provider.binance;

import org.jspecify.annotations.NullMarked;
