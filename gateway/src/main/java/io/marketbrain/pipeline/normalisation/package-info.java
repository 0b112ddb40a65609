/**
 * Brings parsed candles into one form: sorts them, marks the unfinished one and lists the gaps. Runs after the
 * provider's adapter and before the quality checks. Belongs here: what makes data of all providers look alike. Does not
 * belong here: parsing, or judging whether the data is right.
 */
@NullMarked
package io.marketbrain.pipeline.normalisation;

import org.jspecify.annotations.NullMarked;
