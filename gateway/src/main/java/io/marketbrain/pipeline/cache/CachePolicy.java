package io.marketbrain.pipeline.cache;

/**
 * Decides, from an entry's marks and the time, what it may do for a request. Pure.
 *
 * <p>The states of a key are those of HTTP caching with RFC 5861's extensions: fresh, stale while it is revalidated,
 * stale only if there is an error, gone; and degraded, when a refresh has failed and the provider is left alone.
 */
final class CachePolicy {
    private CachePolicy() {}

    /** What an entry may do. */
    enum Verdict {
        /** Serve it. */
        FRESH,
        /** Serve it as fresh, and refresh it in the background. */
        FRESH_AND_REFRESH,
        /** Serve it as stale, and refresh it in the background. */
        STALE_AND_REFRESH,
        /** Serve it as stale; a refresh came to nothing a moment ago. */
        DEGRADED,
        /** Load anew; serve it as stale if that fails. */
        LAST_RESORT,
        /** There is nothing to serve. */
        GONE;

        boolean servesAtOnce() {
            return compareTo(DEGRADED) <= 0;
        }

        boolean fresh() {
            return compareTo(FRESH_AND_REFRESH) <= 0;
        }

        boolean refreshes() {
            return this == FRESH_AND_REFRESH || this == STALE_AND_REFRESH;
        }
    }

    /**
     * The verdict on an entry.
     *
     * @param quietUntil until when no refresh is to be tried
     * @param doubtBefore what came into this process before this moment counts as stale, because news of changes may
     *     have been missed since; data that cannot change is never in doubt
     */
    static Verdict judge(Life life, long quietUntil, long doubtBefore, long now) {
        if (now - life.expiresAt() >= 0) {
            return Verdict.GONE;
        }
        boolean quiet = now - quietUntil < 0;
        boolean doubted = !life.immutable() && life.storedAt() - doubtBefore < 0;
        if (now - life.staleAt() < 0 && !doubted) {
            return now - life.refreshAt() >= 0 && !quiet ? Verdict.FRESH_AND_REFRESH : Verdict.FRESH;
        }
        if (quiet) {
            return Verdict.DEGRADED;
        }
        return now - life.lastResortAt() < 0 ? Verdict.STALE_AND_REFRESH : Verdict.LAST_RESORT;
    }

    static Verdict judge(Entry entry, long doubtBefore, long now) {
        return judge(entry.life(), entry.quietUntil(), doubtBefore, now);
    }
}
