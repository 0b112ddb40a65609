package io.marketbrain.pipeline.cache.tier;

import io.marketbrain.pipeline.PurgeReach;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The shared tier of a gateway without Redis: always {@link SharedTier.State#OFF}. */
public final class NoSharedTier implements SharedTier {

    @Override
    public State state() {
        return State.OFF;
    }

    @Override
    public CompletableFuture<Found> open(ValueKey key, Duration maxAge, Duration within) {
        return CompletableFuture.completedFuture(new Found.Unavailable());
    }

    @Override
    public void store(ValueKey key, Lease lease, Value value) {}

    @Override
    public void store(ValueKey key, Value value) {}

    @Override
    public void release(ValueKey key, Lease lease) {}

    @Override
    public CompletableFuture<PurgeReach> purge(Scope scope, Duration within) {
        return CompletableFuture.completedFuture(PurgeReach.CONFIRMED);
    }

    @Override
    public CompletableFuture<Void> announced(ValueKey key, Duration within) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void start(Listener listener) {}

    @Override
    public Map<String, Long> counters() {
        return Map.of();
    }

    @Override
    public void close() {}
}
