/** The feed of Bybit; its REST API is described by a mapping. */
@NullMarked
package io.marketbrain.provider.bybit;

import org.jspecify.annotations.NullMarked;
