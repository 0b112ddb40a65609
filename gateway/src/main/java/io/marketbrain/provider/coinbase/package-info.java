/** Coinbase: public market data of the Exchange REST API. */
@NullMarked
package io.marketbrain.provider.coinbase;

import org.jspecify.annotations.NullMarked;
