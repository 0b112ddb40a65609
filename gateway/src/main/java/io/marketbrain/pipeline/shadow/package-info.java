/**
 * Shadowing: a share of live quotes is requested from a second live provider in the background, and the two are compared.
 * Belongs here: which quotes are shadowed, and the comparison. Does not belong here: what is done about a deviation.
 */
@NullMarked
package io.marketbrain.pipeline.shadow;

import org.jspecify.annotations.NullMarked;
