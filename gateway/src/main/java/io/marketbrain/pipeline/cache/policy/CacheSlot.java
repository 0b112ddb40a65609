package io.marketbrain.pipeline.cache.policy;

/** What a tier stores for a key: an answer or a cached failure. All times are in nanoseconds of the ticker. */
public sealed interface CacheSlot permits CacheEntry, NegativeEntry {
    /** When the slot expires. */
    long expiresAt();

    /** The estimated size in memory of what varies between slots, in bytes. */
    int bytes();
}
