package io.marketbrain.pipeline.cache.policy;

import io.marketbrain.model.CacheStatus;
import io.marketbrain.model.CacheStatus.Forward;
import io.marketbrain.model.CacheStatus.Tier;
import io.marketbrain.model.Freshness;
import io.marketbrain.model.QueryResult;
import io.marketbrain.model.size.Memo;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * A cached answer with its timestamps, in nanoseconds of the ticker. Immutable, except for the pause between refreshes. Thread-safe.
 */
public final class CacheEntry implements CacheSlot {
    private final QueryResult answer;
    private final Expiry expiry;
    private final int bytes;
    private final Memo memo = new Memo();
    private volatile long noRefreshBefore;
    private volatile boolean degraded;
    private final boolean kept;
    private final OptionalLong outdatedAfter;
    private final Duration revalidateFor;
    private final Duration staleFor;

    /** An entry that is never stale by its own time. */
    public CacheEntry(QueryResult answer, Expiry expiry, int bytes) {
        this(answer, expiry, OptionalLong.empty(), bytes);
    }

    /** @param outdatedAfter how long after its fetch the data is stale by its own time, in nanoseconds */
    public CacheEntry(QueryResult answer, Expiry expiry, OptionalLong outdatedAfter, int bytes) {
        this(answer, expiry, outdatedAfter, bytes, true);
    }

    private CacheEntry(QueryResult answer, Expiry expiry, OptionalLong outdatedAfter, int bytes, boolean kept) {
        this.kept = kept;
        this.outdatedAfter = outdatedAfter;
        this.answer = answer;
        this.expiry = expiry;
        this.bytes = bytes;
        this.noRefreshBefore = expiry.fetchedAt();
        this.revalidateFor = Duration.ofNanos(expiry.lastResortAt() - expiry.staleAt());
        this.staleFor = Duration.ofNanos(expiry.expiresAt() - expiry.staleAt());
    }

    /** A copy that is labelled as not stored in the cache. */
    public CacheEntry uncached() {
        return new CacheEntry(answer, expiry, outdatedAfter, bytes, false);
    }

    public QueryResult answer() {
        return answer;
    }

    public Expiry expiry() {
        return expiry;
    }

    @Override
    public long expiresAt() {
        return expiry.expiresAt();
    }

    /** The data, and the rendered response once it is kept. */
    @Override
    public int bytes() {
        return Math.clamp(bytes + memo.bytes(), 0, Integer.MAX_VALUE);
    }

    /** Runs {@code listener} whenever a rendered response has been kept, which changes {@link #bytes}. */
    public void whenRendered(Runnable listener) {
        memo.whenStored(listener);
    }

    /** The time before which no refresh is tried. */
    long noRefreshBefore() {
        return noRefreshBefore;
    }

    /** Prevents refreshes before {@code until}.
     *
     * @param failed whether the reason is a failed refresh */
    public void pauseRefresh(long until, boolean failed) {
        noRefreshBefore = until;
        degraded = failed;
    }

    /** Whether a refresh has failed so recently at {@code now} that the provider is not called again yet. */
    public boolean refusesRefresh(long now) {
        return degraded && now - noRefreshBefore < 0;
    }

    /** Whether the last refresh failed. */
    public boolean degraded() {
        return degraded;
    }

    /** A copy that counts as stored at {@code now}, so that it is no longer suspected of a missed invalidation. */
    public CacheEntry confirmed(long now) {
        return new CacheEntry(
                answer,
                new Expiry(
                        expiry.fetchedAt(),
                        now,
                        expiry.refreshAt(),
                        expiry.staleAt(),
                        expiry.lastResortAt(),
                        expiry.expiresAt(),
                        expiry.immutable()),
                outdatedAfter,
                bytes);
    }

    /** Whether the data is older at {@code now}, by its own time, than such data should be. */
    private boolean outdated(long now) {
        return outdatedAfter.isPresent() && now - expiry.fetchedAt() - outdatedAfter.getAsLong() >= 0;
    }

    /**
     * The answer to serve at {@code now}, with its cache labels.
     *
     * @param fresh whether it is within its freshness lifetime; data that is outdated by its own time is labelled stale even then
     */
    public QueryResult served(Tier tier, Forward forward, boolean fresh, boolean collapsed, long now) {
        var age = tier == Tier.ORIGIN ? Duration.ZERO : Duration.ofNanos(Math.max(0, now - expiry.fetchedAt()));
        var ttl = Duration.ofNanos(expiry.staleAt() - (tier == Tier.ORIGIN ? expiry.fetchedAt() : now));
        if (!fresh && ttl.isPositive()) {
            ttl = Duration.ZERO;
        }
        var note = new CacheStatus(tier, forward, age, ttl, revalidateFor, staleFor, kept, collapsed, memo);
        var provenance = fresh && !outdated(now)
                ? answer.provenance()
                : answer.provenance().withFreshness(Freshness.STALE);
        return new QueryResult(answer.data(), provenance, note);
    }
}
