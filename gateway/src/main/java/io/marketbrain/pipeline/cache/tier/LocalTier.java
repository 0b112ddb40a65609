package io.marketbrain.pipeline.cache.tier;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.marketbrain.model.NanoClock;
import io.marketbrain.pipeline.cache.policy.CacheEntry;
import io.marketbrain.pipeline.cache.policy.CacheKey;
import io.marketbrain.pipeline.cache.policy.CacheSlot;
import io.marketbrain.pipeline.cache.policy.NegativeEntry;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * An in-process tier, bounded both in entries and in bytes. Thread-safe; performs no I/O.
 *
 * <p>The cache library bounds one weight. An entry therefore weighs its bytes, but at least the share of the bytes that
 * one of {@code maxEntries} may take: then a full tier holds at most {@code maxEntries} entries and at most
 * {@code maxBytes} bytes.
 */
public final class LocalTier {
    private final Cache<CacheKey, CacheSlot> slots;
    private final LongAdder evictions = new LongAdder();

    public LocalTier(int maxEntries, long maxBytes, NanoClock nanoClock) {
        int share = Math.clamp(Math.ceilDiv(maxBytes, maxEntries), 1, Integer.MAX_VALUE);
        this.slots = Caffeine.newBuilder()
                .maximumWeight((long) share * maxEntries)
                .weigher((CacheKey key, CacheSlot slot) -> Math.clamp(HeapSize.of(key, slot), share, Integer.MAX_VALUE))
                .expireAfter(new UntilExpiry(nanoClock))
                .ticker(nanoClock::nanos)
                .executor(Runnable::run)
                .evictionListener((key, slot, cause) -> {
                    if (cause.wasEvicted()) {
                        evictions.increment();
                    }
                })
                .build();
    }

    public @Nullable CacheSlot find(CacheKey key) {
        return slots.getIfPresent(key);
    }

    /** Stores {@code entry} unless the present one was fetched later. */
    public void put(CacheKey key, CacheEntry entry) {
        entry.whenRendered(() -> weigh(key));
        slots.asMap()
                .merge(
                        key,
                        entry,
                        (before, now) -> before instanceof CacheEntry old
                                        && old.expiry().fetchedAt()
                                                        - entry.expiry().fetchedAt()
                                                > 0
                                ? old
                                : now);
    }

    /** Stores a failure unless an answer is present. */
    public void put(CacheKey key, NegativeEntry negative) {
        slots.asMap().merge(key, negative, (before, now) -> before instanceof CacheEntry ? before : now);
    }

    /** Weighs the entry of a key again, if there is one. */
    private void weigh(CacheKey key) {
        slots.asMap().computeIfPresent(key, (_, present) -> present);
    }

    void remove(CacheKey key, CacheEntry entry) {
        slots.asMap().remove(key, entry);
    }

    /** Removes the entries whose keys match {@code about}. */
    void purge(java.util.function.Predicate<CacheKey> about) {
        slots.asMap().keySet().removeIf(about);
    }

    void clear() {
        slots.invalidateAll();
    }

    /** The number of entries that have not expired. */
    public long entries() {
        slots.cleanUp();
        return slots.estimatedSize();
    }

    /** The estimated size of all entries, in bytes. */
    public long bytes() {
        return slots.asMap().entrySet().stream()
                .mapToLong(slot -> HeapSize.of(slot.getKey(), slot.getValue()))
                .sum();
    }

    public long evictions() {
        return evictions.sum();
    }

    /** Expires each slot at its {@link CacheSlot#expiresAt}. */
    private record UntilExpiry(NanoClock nanoClock) implements Expiry<CacheKey, CacheSlot> {
        @Override
        public long expireAfterCreate(CacheKey key, CacheSlot slot, long now) {
            return Math.max(0, slot.expiresAt() - now);
        }

        @Override
        public long expireAfterUpdate(CacheKey key, CacheSlot slot, long now, long left) {
            return Math.max(0, slot.expiresAt() - now);
        }

        @Override
        public long expireAfterRead(CacheKey key, CacheSlot slot, long now, long left) {
            return left;
        }
    }
}
