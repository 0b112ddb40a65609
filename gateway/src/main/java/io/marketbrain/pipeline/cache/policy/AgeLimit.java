package io.marketbrain.pipeline.cache.policy;

import io.marketbrain.model.Call.CacheDirectives;
import java.time.Duration;

/**
 * Which cached answers a request accepts, by the time of their fetch. Pure.
 *
 * @param limited whether there is a limit at all
 * @param fetchedFrom the earliest accepted time of a fetch, in nanoseconds of the ticker
 * @param newOnly whether only data is accepted that is fetched from now on, even if it can no longer change
 */
public record AgeLimit(boolean limited, long fetchedFrom, boolean newOnly) {
    /** Accepts every answer. */
    public static final AgeLimit NONE = new AgeLimit(false, 0, false);

    /** The limit of a request that arrived at {@code now}. */
    public static AgeLimit of(CacheDirectives directives, long now) {
        if (directives.noCache()) {
            return new AgeLimit(true, now, true);
        }
        Duration maxAge = directives.maxAge();
        return maxAge == null ? NONE : new AgeLimit(true, now - maxAge.toNanos(), false);
    }

    public boolean accepts(CacheEntry entry) {
        Expiry expiry = entry.expiry();
        return !limited || (expiry.immutable() && !newOnly) || expiry.fetchedAt() - fetchedFrom >= 0;
    }
}
