/** The feed of Bitstamp; its REST API is described by a mapping. */
@NullMarked
package io.marketbrain.provider.bitstamp;

import org.jspecify.annotations.NullMarked;
