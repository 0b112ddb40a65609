/** What prices mean: currencies and units, adjustments, corporate actions, and what quotes have besides a price. */
@NullMarked
package io.marketbrain.model.price;

import org.jspecify.annotations.NullMarked;
