/** The feeds of HTX; its REST API is described by a mapping. */
@NullMarked
package io.marketbrain.provider.htx;

import org.jspecify.annotations.NullMarked;
