/**
 * Where cached values are kept: the bounded tiers in this process, the interface of the tier that gateways share, and the
 * binary form in which values are shared. Does not decide how long anything lives; that is {@code cache.policy}.
 */
@NullMarked
package io.marketbrain.pipeline.cache.tier;

import org.jspecify.annotations.NullMarked;
