/** Kraken spot: public market data of its REST API. */
@NullMarked
package io.marketbrain.provider.kraken;

import org.jspecify.annotations.NullMarked;
