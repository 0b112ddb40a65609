package io.marketbrain.pipeline.cache.redis;

import io.marketbrain.pipeline.cache.tier.SharedTier.Listener;
import io.marketbrain.pipeline.cache.tier.SharedTier.Scope;
import io.marketbrain.pipeline.cache.tier.SharedTier.State;
import io.marketbrain.pipeline.cache.tier.SharedTier.ValueKey;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Remembers which scopes and keys others have announced. Thread-safe. */
final class AnnouncedChanges implements Listener {
    private final Queue<Object> received = new ConcurrentLinkedQueue<>();

    /** Whether a purge of the scope was announced. */
    boolean hasPurged(Scope scope) {
        return received.contains(scope);
    }

    /** Whether a value was announced. */
    boolean hasReady(ValueKey key) {
        return received.contains(key);
    }

    @Override
    public void purged(Scope scope) {
        received.add(scope);
    }

    @Override
    public void ready(ValueKey key) {
        received.add(key);
    }

    @Override
    public void messagesMissed() {}

    @Override
    public void changed(State from, State to) {}
}
