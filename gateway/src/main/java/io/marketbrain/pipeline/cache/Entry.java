package io.marketbrain.pipeline.cache;

import io.marketbrain.model.Answer;
import io.marketbrain.model.CacheNote;
import io.marketbrain.model.CacheNote.Forward;
import io.marketbrain.model.CacheNote.Tier;
import io.marketbrain.model.Freshness;
import io.marketbrain.model.Memo;
import java.time.Duration;

/**
 * A cached answer with its timestamps, in nanoseconds of the ticker. Immutable, except for the pause between refreshes. Thread-safe.
 */
final class Entry implements Slot {
    private final Answer answer;
    private final Life life;
    private final int bytes;
    private final Memo memo = new Memo();
    private volatile long noRefreshBefore;
    private volatile boolean degraded;
    private final boolean kept;

    Entry(Answer answer, Life life, int bytes) {
        this(answer, life, bytes, true);
    }

    private Entry(Answer answer, Life life, int bytes, boolean kept) {
        this.kept = kept;
        this.answer = answer;
        this.life = life;
        this.bytes = bytes;
        this.noRefreshBefore = life.fetchedAt();
    }

    /** A copy that is labelled as not stored in the cache. */
    Entry uncached() {
        return new Entry(answer, life, bytes, false);
    }

    Answer answer() {
        return answer;
    }

    Life life() {
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
    void pauseRefresh(long until, boolean failed) {
        noRefreshBefore = until;
        degraded = failed;
    }

    /** Whether the last refresh failed. */
    boolean degraded() {
        return degraded;
    }

    /** A copy that counts as stored at {@code now}, so that it is no longer suspected of a missed invalidation. */
    Entry confirmed(long now) {
        return new Entry(
                answer,
                new Life(
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
    Answer served(Tier tier, Forward forward, boolean fresh, boolean collapsed, long now) {
        var age = tier == Tier.ORIGIN ? Duration.ZERO : Duration.ofNanos(Math.max(0, now - life.fetchedAt()));
        var ttl = Duration.ofNanos(life.staleAt() - (tier == Tier.ORIGIN ? life.fetchedAt() : now));
        if (!fresh && ttl.isPositive()) {
            ttl = Duration.ZERO;
        }
        var staleFor = Duration.ofNanos(life.expiresAt() - life.staleAt());
        var note = new CacheNote(tier, forward, age, ttl, staleFor, kept, collapsed, memo);
        var provenance = fresh ? answer.provenance() : answer.provenance().withFreshness(Freshness.STALE);
        return new Answer(answer.data(), provenance, note);
    }
}
