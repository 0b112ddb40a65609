/** The feed of Gate; its REST API is described by a mapping. */
@NullMarked
package io.marketbrain.provider.gate;

import org.jspecify.annotations.NullMarked;
