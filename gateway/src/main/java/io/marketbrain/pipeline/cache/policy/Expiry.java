package io.marketbrain.pipeline.cache.policy;

import java.time.Duration;

/**
 * The timestamps of an entry in nanoseconds of the ticker, in ascending order from {@code refreshAt} on.
 *
 * @param fetchedAt when the request was sent to the provider
 * @param storedAt when the entry was stored in this process
 * @param refreshAt from when an access triggers a refresh although the answer is still fresh
 * @param staleAt from when the answer is stale and served while it is refreshed
 * @param lastResortAt from when it is served only if loading fails
 * @param expiresAt from when it is not served at all
 * @param immutable whether the data can no longer change
 */
public record Expiry(
        long fetchedAt,
        long storedAt,
        long refreshAt,
        long staleAt,
        long lastResortAt,
        long expiresAt,
        boolean immutable) {

    /** How long the answer is fresh, counted from its fetch. */
    public Duration soft() {
        return Duration.ofNanos(staleAt - fetchedAt);
    }

    /** How long the answer may be served at all, counted from its fetch. */
    public Duration hard() {
        return Duration.ofNanos(expiresAt - fetchedAt);
    }
}
