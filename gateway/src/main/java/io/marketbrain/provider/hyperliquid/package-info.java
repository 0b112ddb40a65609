/** The feed of Hyperliquid; its REST API is described by a mapping. */
@NullMarked
package io.marketbrain.provider.hyperliquid;

import org.jspecify.annotations.NullMarked;
