/** How much memory objects take, and values that are kept with what they were made from. */
@NullMarked
package io.marketbrain.model.size;

import org.jspecify.annotations.NullMarked;
