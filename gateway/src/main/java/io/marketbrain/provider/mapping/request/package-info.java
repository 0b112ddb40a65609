/**
 * How descriptors say what is requested: the values of a query, the requests and bodies that contain them, and how intervals and
 * limits are written. Pure. Belongs here: what depends on the query alone. Does not belong here: what responses mean.
 */
@NullMarked
package io.marketbrain.provider.mapping.request;

import org.jspecify.annotations.NullMarked;
