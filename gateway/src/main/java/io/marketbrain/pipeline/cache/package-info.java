/**
 * The cache: serves responses from memory or from the Redis that gateways share, and loads what many requests want at
 * most once from a provider. Runs after admission control and before orchestration. Policies decide from values, the
 * layer acts, and what is shared with other gateways is behind {@link io.marketbrain.pipeline.cache.SharedTier}.
 * Belongs here: what is stored, for how long, and who loads it. Does not belong here: the choice of providers.
 */
@NullMarked
package io.marketbrain.pipeline.cache;

import org.jspecify.annotations.NullMarked;
