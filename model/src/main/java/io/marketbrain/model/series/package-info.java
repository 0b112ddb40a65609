/** Series about instruments: what they are of, and how their ids are written. */
@NullMarked
package io.marketbrain.model.series;

import org.jspecify.annotations.NullMarked;
