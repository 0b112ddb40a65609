/** The feeds of Binance Futures; its REST API is described by a mapping. */
@NullMarked
package io.marketbrain.provider.binancefutures;

import org.jspecify.annotations.NullMarked;
