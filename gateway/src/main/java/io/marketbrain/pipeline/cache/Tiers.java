package io.marketbrain.pipeline.cache;

import io.marketbrain.model.CacheNote.Tier;
import io.marketbrain.model.Ticker;
import io.marketbrain.pipeline.cache.CachePolicy.Verdict;
import io.marketbrain.pipeline.cache.SharedTier.State;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The in-process tiers: L1, and the larger fallback tier that is used while the shared tier is not up. Thread-safe. */
final class Tiers {
    private final LocalTier l1;
    private final LocalTier fallback;
    private final SharedTier shared;
    private final Ticker ticker;
    private volatile long suspectBefore;

    Tiers(CacheConfig config, SharedTier shared, Ticker ticker) {
        this.l1 = new LocalTier(config.l1MaxSize(), config.l1MaxBytes(), ticker);
        this.fallback = new LocalTier(config.fallbackCacheSize(), config.fallbackMaxBytes(), ticker);
        this.shared = shared;
        this.ticker = ticker;
        this.suspectBefore = ticker.nanos();
    }

    /**
     * The result of looking a key up.
     *
     * @param entry null if there is none
     * @param refusal null if no failure is cached
     */
    record Lookup(
            @Nullable Entry entry,
            Tier tier,
            Verdict verdict,
            @Nullable Refusal refusal) {}

    private static final Lookup NONE = new Lookup(null, Tier.ORIGIN, Verdict.GONE, null);

    Lookup lookup(CacheKey key, long now) {
        Slot slot = l1.find(key);
        if (slot instanceof Entry entry) {
            Verdict verdict = judge(entry, now);
            if (verdict != Verdict.GONE) {
                return new Lookup(entry, Tier.L1, verdict, null);
            }
        }
        if (shared.state() != State.UP && fallback.find(key) instanceof Entry entry) {
            Verdict verdict = judge(entry, now);
            if (verdict != Verdict.GONE) {
                promote(key, entry);
                return new Lookup(entry, Tier.FALLBACK, verdict, null);
            }
        }
        if (slot instanceof Refusal refusal) {
            return new Lookup(null, Tier.ORIGIN, Verdict.GONE, refusal);
        }
        return NONE;
    }

    /** The verdict of {@link CachePolicy} at {@code now}. */
    Verdict judge(Entry entry, long now) {
        return CachePolicy.judge(entry, suspectBefore, now);
    }

    void put(CacheKey key, Entry entry) {
        l1.put(key, entry);
        if (shared.state() != State.UP) {
            fallback.put(key, entry);
        }
    }

    void put(CacheKey key, Refusal refusal) {
        l1.put(key, refusal);
    }

    /** In the reverse order of {@link #promote}, so that a concurrent promotion cannot restore a purged entry. */
    void purge(Predicate<CacheKey> about) {
        fallback.purge(about);
        l1.purge(about);
    }

    private void promote(CacheKey key, Entry entry) {
        l1.put(key, entry);
        if (fallback.find(key) != entry) {
            l1.remove(key, entry);
        }
    }

    /** Marks all present entries as stale, except immutable ones, because invalidation messages may have been missed. */
    void markAllSuspect() {
        suspectBefore = ticker.nanos();
    }

    /** Empties the fallback tier, because the shared tier is up again. */
    void clearFallback() {
        fallback.clear();
    }

    LocalTier l1() {
        return l1;
    }

    LocalTier fallback() {
        return fallback;
    }
}
