package io.marketbrain.pipeline.cache.tier;

import io.marketbrain.model.CacheStatus.Tier;
import io.marketbrain.model.NanoClock;
import io.marketbrain.pipeline.cache.policy.CacheConfig;
import io.marketbrain.pipeline.cache.policy.CacheEntry;
import io.marketbrain.pipeline.cache.policy.CacheKey;
import io.marketbrain.pipeline.cache.policy.CachePolicy;
import io.marketbrain.pipeline.cache.policy.CachePolicy.Verdict;
import io.marketbrain.pipeline.cache.policy.CacheSlot;
import io.marketbrain.pipeline.cache.policy.NegativeEntry;
import io.marketbrain.pipeline.cache.tier.SharedTier.State;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The in-process tiers: L1, and the larger fallback tier that is used while the shared tier is not up. Thread-safe. */
public final class LocalTiers {
    private final LocalTier l1;
    private final LocalTier fallback;
    private final SharedTier shared;
    private final NanoClock nanoClock;
    private volatile long suspectBefore;

    public LocalTiers(CacheConfig config, SharedTier shared, NanoClock nanoClock) {
        this.l1 = new LocalTier(config.l1MaxSize(), config.l1MaxBytes(), nanoClock);
        this.fallback = new LocalTier(config.fallbackCacheSize(), config.fallbackMaxBytes(), nanoClock);
        this.shared = shared;
        this.nanoClock = nanoClock;
        this.suspectBefore = nanoClock.nanos();
    }

    /**
     * The result of looking a key up.
     *
     * @param entry null if there is none
     * @param negative null if no failure is cached
     */
    public record Lookup(
            @Nullable CacheEntry entry,
            Tier tier,
            Verdict verdict,
            @Nullable NegativeEntry negative) {}

    private static final Lookup NONE = new Lookup(null, Tier.ORIGIN, Verdict.GONE, null);

    public Lookup lookup(CacheKey key, long now) {
        CacheSlot slot = l1.find(key);
        if (slot instanceof CacheEntry entry) {
            Verdict verdict = judge(entry, now);
            if (verdict != Verdict.GONE) {
                return new Lookup(entry, Tier.L1, verdict, null);
            }
        }
        if (shared.state() != State.UP && fallback.find(key) instanceof CacheEntry entry) {
            Verdict verdict = judge(entry, now);
            if (verdict != Verdict.GONE) {
                promote(key, entry);
                return new Lookup(entry, Tier.FALLBACK, verdict, null);
            }
        }
        if (slot instanceof NegativeEntry negative) {
            return new Lookup(null, Tier.ORIGIN, Verdict.GONE, negative);
        }
        return NONE;
    }

    /** The verdict of {@link CachePolicy} at {@code now}. */
    public Verdict judge(CacheEntry entry, long now) {
        return CachePolicy.judge(entry, suspectBefore, now);
    }

    public void put(CacheKey key, CacheEntry entry) {
        l1.put(key, entry);
        if (shared.state() != State.UP) {
            fallback.put(key, entry);
        }
    }

    public void put(CacheKey key, NegativeEntry negative) {
        l1.put(key, negative);
    }

    /** In the reverse order of {@link #promote}, so that a concurrent promotion cannot restore a purged entry. */
    public void purge(Predicate<CacheKey> about) {
        fallback.purge(about);
        l1.purge(about);
    }

    private void promote(CacheKey key, CacheEntry entry) {
        l1.put(key, entry);
        if (fallback.find(key) != entry) {
            l1.remove(key, entry);
        }
    }

    /** Marks all present entries as stale, except immutable ones, because invalidation messages may have been missed. */
    public void markAllSuspect() {
        suspectBefore = nanoClock.nanos();
    }

    /** Empties the fallback tier, because the shared tier is up again. */
    public void clearFallback() {
        fallback.clear();
    }

    LocalTier l1() {
        return l1;
    }

    LocalTier fallback() {
        return fallback;
    }
}
