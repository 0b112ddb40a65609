/**
 * How values are written, in requests and responses alike: texts with values of the query, and times. Pure. Belongs here: what
 * descriptors say in the same way on both sides. Does not belong here: what is requested, and what responses mean.
 */
@NullMarked
package io.marketbrain.provider.mapping.notation;

import org.jspecify.annotations.NullMarked;
