package io.marketbrain.pipeline.cache;

import io.marketbrain.model.CacheNote.Tier;
import io.marketbrain.model.Ticker;
import io.marketbrain.pipeline.cache.CachePolicy.Verdict;
import io.marketbrain.pipeline.cache.SharedTier.State;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The tiers in this process: the first, and the larger one that serves while the shared tier does not. Thread-safe. */
final class Tiers {
    private final LocalTier l1;
    private final LocalTier fallback;
    private final SharedTier shared;
    private final Ticker ticker;
    private volatile long doubtBefore;

    Tiers(CacheConfig config, SharedTier shared, Ticker ticker) {
        this.l1 = new LocalTier(config.l1MaxSize(), config.l1MaxBytes(), ticker);
        this.fallback = new LocalTier(config.fallbackCacheSize(), config.fallbackMaxBytes(), ticker);
        this.shared = shared;
        this.ticker = ticker;
        this.doubtBefore = ticker.nanos();
    }

    /**
     * What is known about a key.
     *
     * @param entry null where there is none
     * @param refusal null where no failure is remembered
     */
    record Look(
            @Nullable Entry entry,
            Tier tier,
            Verdict verdict,
            @Nullable Refusal refusal) {}

    private static final Look NOTHING = new Look(null, Tier.ORIGIN, Verdict.GONE, null);

    Look look(CacheKey key, long now) {
        Slot slot = l1.find(key);
        if (slot instanceof Entry entry) {
            Verdict verdict = judge(entry, now);
            if (verdict != Verdict.GONE) {
                return new Look(entry, Tier.L1, verdict, null);
            }
        }
        if (shared.state() != State.UP && fallback.find(key) instanceof Entry entry) {
            Verdict verdict = judge(entry, now);
            if (verdict != Verdict.GONE) {
                lift(key, entry);
                return new Look(entry, Tier.FALLBACK, verdict, null);
            }
        }
        if (slot instanceof Refusal refusal) {
            return new Look(null, Tier.ORIGIN, Verdict.GONE, refusal);
        }
        return NOTHING;
    }

    /** The verdict of the policy as things stand. */
    Verdict judge(Entry entry, long now) {
        return CachePolicy.judge(entry, doubtBefore, now);
    }

    void keep(CacheKey key, Entry entry) {
        l1.put(key, entry);
        if (shared.state() != State.UP) {
            fallback.put(key, entry);
        }
    }

    void keep(CacheKey key, Refusal refusal) {
        l1.put(key, refusal);
    }

    /** In the reverse order of {@link #lift}, so that nothing is lifted past it. */
    void purge(Predicate<CacheKey> about) {
        fallback.purge(about);
        l1.purge(about);
    }

    private void lift(CacheKey key, Entry entry) {
        l1.put(key, entry);
        if (fallback.find(key) != entry) {
            l1.remove(key, entry);
        }
    }

    /** What is here now counts as stale, but for what cannot change. */
    void doubtAll() {
        doubtBefore = ticker.nanos();
    }

    /** The shared tier serves again. */
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
