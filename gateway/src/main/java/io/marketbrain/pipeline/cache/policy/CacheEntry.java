package io.marketbrain.pipeline.cache.policy;

import io.marketbrain.model.CacheStatus;
import io.marketbrain.model.CacheStatus.Forward;
import io.marketbrain.model.CacheStatus.Tier;
import io.marketbrain.model.Freshness;
import io.marketbrain.model.Memo;
import io.marketbrain.model.QueryResult;
import java.time.Duration;

/**
 * A cached answer with its timestamps, in nanoseconds of the ticker. Immutable, except for the pause between refreshes. Thread-safe.
 */
public final class CacheEntry implements CacheSlot {
    private final QueryResult answer;
    private final Expiry life;
    private final int bytes;
    private final Memo memo = new Memo();
    private volatile long noRefreshBefore;
    private volatile boolean degraded;
    private final boolean kept;

    public CacheEntry(QueryResult answer, Expiry life, int bytes) {
        this(answer, life, bytes, true);
    }

    private CacheEntry(QueryResult answer, Expiry life, int bytes, boolean kept) {
        this.kept = kept;
        this.answer = answer;
        this.life = life;
        this.bytes = bytes;
        this.noRefreshBefore = life.fetchedAt();
    }

    /** A copy that is labelled as not stored in the cache. */
    public CacheEntry uncached() {
        return new CacheEntry(answer, life, bytes, false);
    }

    public QueryResult answer() {
        return answer;
    }

    public Expiry life() {
        return life;
    }

    @Override
    public long expiresAt() {
        return life.expiresAt();
    }

    @Override
    public int bytes() {
        return bytes;
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

    /** Whether the last refresh failed. */
    public boolean degraded() {
        return degraded;
    }

    /** A copy that counts as stored at {@code now}, so that it is no longer suspected of a missed invalidation. */
    public CacheEntry confirmed(long now) {
        return new CacheEntry(
                answer,
                new Expiry(
                        life.fetchedAt(),
                        now,
                        life.refreshAt(),
                        life.staleAt(),
                        life.lastResortAt(),
                        life.expiresAt(),
                        life.immutable()),
                bytes);
    }

    /** The answer to serve at {@code now}, with its cache labels. */
    public QueryResult served(Tier tier, Forward forward, boolean fresh, boolean collapsed, long now) {
        var age = tier == Tier.ORIGIN ? Duration.ZERO : Duration.ofNanos(Math.max(0, now - life.fetchedAt()));
        var ttl = Duration.ofNanos(life.staleAt() - (tier == Tier.ORIGIN ? life.fetchedAt() : now));
        if (!fresh && ttl.isPositive()) {
            ttl = Duration.ZERO;
        }
        var staleFor = Duration.ofNanos(life.expiresAt() - life.staleAt());
        var note = new CacheStatus(tier, forward, age, ttl, staleFor, kept, collapsed, memo);
        var provenance = fresh ? answer.provenance() : answer.provenance().withFreshness(Freshness.STALE);
        return new QueryResult(answer.data(), provenance, note);
    }
}
