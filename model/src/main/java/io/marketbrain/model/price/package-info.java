/** Currencies, and the units in which prices are quoted. */
@NullMarked
package io.marketbrain.model.price;

import org.jspecify.annotations.NullMarked;
