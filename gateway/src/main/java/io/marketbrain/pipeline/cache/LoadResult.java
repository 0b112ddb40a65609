package io.marketbrain.pipeline.cache;

import io.marketbrain.model.CacheStatus.Tier;
import io.marketbrain.model.Failure;
import io.marketbrain.pipeline.cache.policy.CacheEntry;

/** The result of a load. */
sealed interface LoadResult {

    /** An answer was found in {@code tier}. */
    record Loaded(CacheEntry entry, Tier tier) implements LoadResult {}

    record Failed(Failure failure) implements LoadResult {}

    /** No answer: another gateway is loading the key, and this load was a background refresh, so no caller waits. */
    record LoadingElsewhere() implements LoadResult {}
}
