package io.marketbrain.pipeline.cache;

/** What a tier keeps under a key: an answer, or the memory of a failure. All times are the ticker's nanoseconds. */
sealed interface Slot permits Entry, Refusal {
    /** When the slot must be gone. */
    long expiresAt();

    /** What it takes in memory, estimated. */
    int bytes();
}
