/**
 * How descriptors say what a response means: where rows and the values of their fields are, how they are written, and which
 * rows count. Pure. Belongs here: what depends on a response and the values of the query. Does not belong here: what is
 * requested; market data, which {@code provider.mapping} makes of the rows.
 */
@NullMarked
package io.marketbrain.provider.mapping.response;

import org.jspecify.annotations.NullMarked;
