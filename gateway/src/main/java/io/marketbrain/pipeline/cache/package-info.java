/**
 * The response cache: an in-process tier, an optional tier in Redis that several gateways share, and a single load per key however many callers need it.
 *
 * <p>Belongs here: cache keys, lookup, expiry and negative caching, loading and background refreshes, and the {@link io.marketbrain.pipeline.cache.tier.SharedTier} interface. Does not belong here: the Redis protocol, which is in the {@code redis} subpackage, and the choice among providers, which later layers make. Policies are pure functions of values; the layer acts on their decisions.
 */
@NullMarked
package io.marketbrain.pipeline.cache;

import org.jspecify.annotations.NullMarked;
