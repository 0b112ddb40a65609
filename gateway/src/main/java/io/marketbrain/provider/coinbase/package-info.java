/** Coinbase: the feed of the Exchange API. Its descriptor says how the REST API is read. */
@NullMarked
package io.marketbrain.provider.coinbase;

import org.jspecify.annotations.NullMarked;
