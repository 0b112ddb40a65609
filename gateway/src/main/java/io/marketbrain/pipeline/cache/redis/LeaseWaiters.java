package io.marketbrain.pipeline.cache.redis;

import io.marketbrain.pipeline.cache.tier.SharedTier.ValueKey;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** The callers waiting for another gateway to finish loading a key. Thread-safe. */
final class LeaseWaiters {
    private final Map<ValueKey, CompletableFuture<Void>> awaited = new ConcurrentHashMap<>();

    /** Returns a future that completes at the next announcement of {@code key}; the caller must release it with {@link #forget}. */
    CompletableFuture<Void> await(ValueKey key) {
        return awaited.computeIfAbsent(key, _ -> new CompletableFuture<>());
    }

    void forget(ValueKey key, CompletableFuture<Void> future) {
        awaited.remove(key, future);
    }

    void announce(ValueKey key) {
        CompletableFuture<Void> future = awaited.remove(key);
        if (future != null) {
            future.complete(null);
        }
    }

    /** Completes all waits, because no announcements can arrive for now. */
    void announceAll() {
        awaited.keySet().forEach(this::announce);
    }

    int size() {
        return awaited.size();
    }
}
