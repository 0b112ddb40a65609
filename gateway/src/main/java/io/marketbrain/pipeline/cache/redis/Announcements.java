package io.marketbrain.pipeline.cache.redis;

import io.marketbrain.pipeline.cache.SharedTier.ValueKey;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Those who wait for another gateway to finish a key. Thread-safe. */
final class Announcements {
    private final Map<ValueKey, CompletableFuture<Void>> awaited = new ConcurrentHashMap<>();

    /** Completes at the next announcement of {@code key}; the waiter forgets it with {@link #forget}. */
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

    /** There will be no announcements for a while: nobody waits any more. */
    void announceAll() {
        awaited.keySet().forEach(this::announce);
    }

    int size() {
        return awaited.size();
    }
}
