/** How much memory objects take. */
@NullMarked
package io.marketbrain.model.size;

import org.jspecify.annotations.NullMarked;
