package io.marketbrain.pipeline.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.marketbrain.model.Ticker;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * An in-process tier, bounded both in entries and in bytes. Thread-safe; performs no I/O.
 *
 * <p>The cache library bounds one weight. An entry therefore weighs its bytes, but at least the share of the bytes that
 * one of {@code maxEntries} may take: then a full tier holds at most {@code maxEntries} entries and at most
 * {@code maxBytes} bytes.
 */
final class LocalTier {
    private final Cache<CacheKey, Slot> slots;
    private final LongAdder evictions = new LongAdder();

    LocalTier(int maxEntries, long maxBytes, Ticker ticker) {
        int share = Math.clamp(Math.ceilDiv(maxBytes, maxEntries), 1, Integer.MAX_VALUE);
        this.slots = Caffeine.newBuilder()
                .maximumWeight((long) share * maxEntries)
                .weigher((CacheKey _, Slot slot) -> Math.max(slot.bytes(), share))
                .expireAfter(new UntilExpiry(ticker))
                .ticker(ticker::nanos)
                .executor(Runnable::run)
                .evictionListener((key, slot, cause) -> {
                    if (cause.wasEvicted()) {
                        evictions.increment();
                    }
                })
                .build();
    }

    @Nullable
    Slot find(CacheKey key) {
        return slots.getIfPresent(key);
    }

    /** Stores {@code entry} unless the present one was fetched later. */
    void put(CacheKey key, Entry entry) {
        slots.asMap()
                .merge(
                        key,
                        entry,
                        (before, now) -> before instanceof Entry old
                                        && old.life().fetchedAt() - entry.life().fetchedAt() > 0
                                ? old
                                : now);
    }

    /** Stores a failure unless an answer is present. */
    void put(CacheKey key, Refusal refusal) {
        slots.asMap().merge(key, refusal, (before, now) -> before instanceof Entry ? before : now);
    }

    void remove(CacheKey key, Entry entry) {
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
    long entries() {
        slots.cleanUp();
        return slots.estimatedSize();
    }

    /** The estimated size of all entries, in bytes. */
    long bytes() {
        return slots.asMap().values().stream().mapToLong(Slot::bytes).sum();
    }

    long evictions() {
        return evictions.sum();
    }

    /** Expires each slot at its {@link Slot#expiresAt}. */
    private record UntilExpiry(Ticker ticker) implements Expiry<CacheKey, Slot> {
        @Override
        public long expireAfterCreate(CacheKey key, Slot slot, long now) {
            return Math.max(0, slot.expiresAt() - now);
        }

        @Override
        public long expireAfterUpdate(CacheKey key, Slot slot, long now, long left) {
            return Math.max(0, slot.expiresAt() - now);
        }

        @Override
        public long expireAfterRead(CacheKey key, Slot slot, long now, long left) {
            return left;
        }
    }
}
