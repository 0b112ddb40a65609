package io.marketbrain.pipeline.cache;

import java.time.Duration;

/**
 * The marks of an entry's life in the ticker's nanoseconds, in this order.
 *
 * @param fetchedAt when a provider was asked
 * @param storedAt when the entry came into this process
 * @param refreshAt from when an access makes a refresh, though the answer is still fresh
 * @param staleAt from when the answer is stale, and served while it is refreshed
 * @param lastResortAt from when it is only served when nothing newer can be had
 * @param expiresAt from when it is not served at all
 * @param immutable whether the data cannot change any more
 */
record Life(
        long fetchedAt,
        long storedAt,
        long refreshAt,
        long staleAt,
        long lastResortAt,
        long expiresAt,
        boolean immutable) {

    /** How long the answer was to be fresh. */
    Duration soft() {
        return Duration.ofNanos(staleAt - fetchedAt);
    }

    /** How long the answer may be served at all. */
    Duration hard() {
        return Duration.ofNanos(expiresAt - fetchedAt);
    }
}
