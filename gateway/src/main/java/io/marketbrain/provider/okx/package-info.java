/** The feed of OKX; its REST API is described by a mapping. */
@NullMarked
package io.marketbrain.provider.okx;

import org.jspecify.annotations.NullMarked;
