package io.marketbrain.pipeline.cache;

/** What a tier stores for a key: an answer or a cached failure. All times are in nanoseconds of the ticker. */
sealed interface Slot permits Entry, Refusal {
    /** When the slot expires. */
    long expiresAt();

    /** The estimated size in memory, in bytes. */
    int bytes();
}
