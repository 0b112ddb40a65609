/**
 * Step 13 of a request: after an adapter has parsed, before data quality. Puts candles in order, marks the unfinished
 * one and lists the holes.
 */
@NullMarked
package io.marketbrain.pipeline.normalisation;

import org.jspecify.annotations.NullMarked;
