package io.marketbrain.pipeline.cache.redis;

import io.marketbrain.model.NanoClock;
import io.marketbrain.model.size.ObjectSize;
import io.marketbrain.pipeline.cache.tier.SharedTier.Scope;
import io.marketbrain.pipeline.cache.tier.SharedTier.Value;
import io.marketbrain.pipeline.cache.tier.SharedTier.ValueKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * The latest writes that failed and are retried once Redis is available. A later write of a key replaces an earlier one,
 * and a purge drops the writes of its scope. Bounded in number and in bytes: the oldest write is dropped first.
 * Thread-safe.
 */
final class PendingWrites {
    /** The part of the heap that the values may take: 1/64, 2 MiB of 128 MiB. */
    private static final int PART_OF_HEAP = 64;

    private final int mostWrites;
    private final long mostBytes;
    private final NanoClock nanoClock;
    private final SequencedMap<ValueKey, Write> writes = new LinkedHashMap<>();
    private long bytes;
    private long dropped;

    /** Writes whose values may take a part of this process's heap. */
    PendingWrites(int mostWrites, NanoClock nanoClock) {
        this(mostWrites, Runtime.getRuntime().maxMemory() / PART_OF_HEAP, nanoClock);
    }

    PendingWrites(int mostWrites, long mostBytes, NanoClock nanoClock) {
        this.mostWrites = mostWrites;
        this.mostBytes = mostBytes;
        this.nanoClock = nanoClock;
    }

    /** A write with the time at which it failed, so that the age of its value keeps increasing. */
    record Write(ValueKey key, Value value, long missedAt) {
        long bytes() {
            return ObjectSize.array(value.payload().length);
        }

        Value valueAt(long now) {
            Duration age = value.age().plusNanos(now - missedAt);
            return new Value(value.payload(), age, value.soft(), value.hard());
        }
    }

    synchronized void write(ValueKey key, Value value) {
        remove(writes.get(key));
        var write = new Write(key, value, nanoClock.nanos());
        writes.put(key, write);
        bytes += write.bytes();
        while (writes.size() > mostWrites || bytes > mostBytes) {
            remove(writes.firstEntry().getValue());
            dropped++;
        }
    }

    /** Drops the writes of {@code scope}, which was purged. */
    synchronized void purge(Scope scope) {
        writes().stream().filter(write -> write.key().scope().equals(scope)).forEach(this::remove);
    }

    synchronized List<Write> writes() {
        return new ArrayList<>(writes.values());
    }

    synchronized void done(Write write) {
        remove(write);
    }

    private void remove(@Nullable Write write) {
        if (write != null && writes.remove(write.key(), write)) {
            bytes -= write.bytes();
        }
    }

    /** The memory that the values take, in bytes. */
    synchronized long bytes() {
        return bytes;
    }

    synchronized int size() {
        return writes.size();
    }

    synchronized long dropped() {
        return dropped;
    }
}
