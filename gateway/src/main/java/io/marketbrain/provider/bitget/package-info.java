/** The feed of Bitget; its REST API is described by a mapping. */
@NullMarked
package io.marketbrain.provider.bitget;

import org.jspecify.annotations.NullMarked;
