package io.marketbrain.pipeline.cache.redis;

import io.marketbrain.model.NanoClock;
import io.marketbrain.pipeline.cache.tier.SharedTier.Scope;
import io.marketbrain.pipeline.cache.tier.SharedTier.Value;
import io.marketbrain.pipeline.cache.tier.SharedTier.ValueKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The latest writes that failed and are retried once Redis is available. A later write of a key replaces an earlier one, and a purge drops the writes of its scope. Bounded: the oldest write is dropped first. Thread-safe.
 */
final class PendingWrites {
    private final int mostWrites;
    private final NanoClock nanoClock;
    private final Map<ValueKey, Write> writes = new LinkedHashMap<>();
    private long dropped;

    PendingWrites(int mostWrites, NanoClock nanoClock) {
        this.mostWrites = mostWrites;
        this.nanoClock = nanoClock;
    }

    /** A write with the time at which it failed, so that the age of its value keeps increasing. */
    record Write(ValueKey key, Value value, long missedAt) {
        Value valueAt(long now) {
            Duration age = value.age().plusNanos(now - missedAt);
            return new Value(value.payload(), age, value.soft(), value.hard());
        }
    }

    synchronized void write(ValueKey key, Value value) {
        writes.remove(key);
        writes.put(key, new Write(key, value, nanoClock.nanos()));
        if (writes.size() > mostWrites) {
            writes.remove(writes.keySet().iterator().next());
            dropped++;
        }
    }

    /** Drops the writes of {@code scope}, which was purged. */
    synchronized void purge(Scope scope) {
        writes.keySet().removeIf(key -> key.scope().equals(scope));
    }

    synchronized List<Write> writes() {
        return new ArrayList<>(writes.values());
    }

    synchronized void done(Write write) {
        writes.remove(write.key(), write);
    }

    synchronized int size() {
        return writes.size();
    }

    synchronized long dropped() {
        return dropped;
    }
}
