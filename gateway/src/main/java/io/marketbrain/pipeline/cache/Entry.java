package io.marketbrain.pipeline.cache;

import io.marketbrain.model.Answer;
import io.marketbrain.model.CacheNote;
import io.marketbrain.model.CacheNote.Forward;
import io.marketbrain.model.CacheNote.Tier;
import io.marketbrain.model.Freshness;
import io.marketbrain.model.Memo;
import java.time.Duration;

/**
 * A kept answer with the marks of its life, in the ticker's nanoseconds. Immutable but for the pause after a refresh that
 * came to nothing. Thread-safe.
 */
final class Entry implements Slot {
    private final Answer answer;
    private final Life life;
    private final int bytes;
    private final Memo memo = new Memo();
    private volatile long quietUntil;
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
        this.quietUntil = life.fetchedAt();
    }

    /** The same as something that nobody keeps. */
    Entry unkept() {
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

    /** Until when no refresh is to be tried. */
    long quietUntil() {
        return quietUntil;
    }

    /** No refresh before {@code until}; {@code failed} when the reason is that one failed. */
    void keepQuiet(long until, boolean failed) {
        quietUntil = until;
        degraded = failed;
    }

    /** Whether the last refresh failed. */
    boolean degraded() {
        return degraded;
    }

    /** The same, as if it had come into this process at {@code now}: what was in doubt about it no longer is. */
    Entry undoubted(long now) {
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

    /** The answer as served at {@code now}, labelled. */
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
