/** The feeds of MEXC; its REST API is described by a mapping. */
@NullMarked
package io.marketbrain.provider.mexc;

import org.jspecify.annotations.NullMarked;
