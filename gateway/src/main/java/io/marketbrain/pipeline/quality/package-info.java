/**
 * Judges whether fresh data of live providers can be right: refuses what contradicts itself, flags what is doubtful.
 * Belongs here: checks of values, their policies and the little state they keep for each instrument. Does not belong
 * here: changing values, or the form of the data, which normalisation checks.
 */
@NullMarked
package io.marketbrain.pipeline.quality;

import org.jspecify.annotations.NullMarked;
