/** The feed of Deribit; its REST API is described by a mapping. */
@NullMarked
package io.marketbrain.provider.deribit;

import org.jspecify.annotations.NullMarked;
