package io.marketbrain.pipeline.cache.policy;

/**
 * Decides from an entry's timestamps how it may be used for a request. Pure.
 *
 * <p>The states of a key are those of HTTP caching with RFC 5861's extensions: fresh, stale while it is revalidated,
 * stale if there is an error, and expired; in addition an entry is degraded while no refresh is tried because one has just failed.
 */
public final class CachePolicy {
    private CachePolicy() {}

    /** How an entry may be used. */
    public enum Verdict {
        /** Serve it. */
        FRESH,
        /** Serve it as fresh, and refresh it in the background. */
        FRESH_AND_REFRESH,
        /** Serve it as stale, and refresh it in the background. */
        STALE_AND_REFRESH,
        /** Serve it as stale without a refresh: one has recently failed or was postponed. */
        DEGRADED,
        /** Load again; serve it as stale if that fails. */
        LAST_RESORT,
        /** Expired: do not serve it. */
        GONE;

        public boolean servesAtOnce() {
            return compareTo(DEGRADED) <= 0;
        }

        public boolean fresh() {
            return compareTo(FRESH_AND_REFRESH) <= 0;
        }

        public boolean refreshes() {
            return this == FRESH_AND_REFRESH || this == STALE_AND_REFRESH;
        }
    }

    /**
     * Returns how an entry may be used at {@code now}. All times are in nanoseconds of the ticker.
     *
     * @param noRefreshBefore the time before which no refresh is tried
     * @param suspectBefore entries stored before this time count as stale, because invalidation messages may have been missed since; immutable data is not affected
     */
    static Verdict judge(Expiry expiry, long noRefreshBefore, long suspectBefore, long now) {
        if (now - expiry.expiresAt() >= 0) {
            return Verdict.GONE;
        }
        boolean refreshPaused = now - noRefreshBefore < 0;
        boolean suspect = !expiry.immutable() && expiry.storedAt() - suspectBefore < 0;
        if (now - expiry.staleAt() < 0 && !suspect) {
            return now - expiry.refreshAt() >= 0 && !refreshPaused ? Verdict.FRESH_AND_REFRESH : Verdict.FRESH;
        }
        if (refreshPaused) {
            return Verdict.DEGRADED;
        }
        return now - expiry.lastResortAt() < 0 ? Verdict.STALE_AND_REFRESH : Verdict.LAST_RESORT;
    }

    public static Verdict judge(CacheEntry entry, long suspectBefore, long now) {
        return judge(entry.expiry(), entry.noRefreshBefore(), suspectBefore, now);
    }
}
