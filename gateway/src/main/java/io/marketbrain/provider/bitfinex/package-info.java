/** The feed of Bitfinex; its REST API is described by a mapping. */
@NullMarked
package io.marketbrain.provider.bitfinex;

import org.jspecify.annotations.NullMarked;
