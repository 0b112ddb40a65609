/**
 * Step 7 of a request: after qos, before orchestration (its stampede lock is step 8). Answers from memory or from the Redis that gateways share,
 * and asks a provider at most once for what many want. The policy decides from values; the layer acts; what is shared
 * with other gateways lies behind {@link io.marketbrain.pipeline.cache.SharedTier}.
 */
@NullMarked
package io.marketbrain.pipeline.cache;

import org.jspecify.annotations.NullMarked;
