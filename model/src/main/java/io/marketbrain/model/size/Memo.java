package io.marketbrain.model.size;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Holds one value derived from a cached response, such as its rendered bytes, for as long as the cache entry exists.
 * Several threads that call it at once may each compute the value. Thread-safe.
 */
public final class Memo {
    private final AtomicReference<@Nullable Object> value = new AtomicReference<>();
    private volatile List<Runnable> listeners = List.of();

    /** A value that knows how much memory it takes. */
    @FunctionalInterface
    public interface Sized {
        /** In bytes, estimated. */
        long bytes();
    }

    /** The stored value if it is a {@code type}; otherwise computes one with {@code factory} and stores it. */
    public <T> T of(Class<T> type, Supplier<T> factory) {
        Object existing = value.get();
        if (type.isInstance(existing)) {
            return type.cast(existing);
        }
        T fresh = factory.get();
        value.set(fresh);
        listeners.forEach(Runnable::run);
        return fresh;
    }

    /** The memory that the stored value takes, in bytes; 0 if there is none or it is not {@link Sized}. */
    public long bytes() {
        return value.get() instanceof Sized sized ? sized.bytes() : 0;
    }

    /** Runs {@code listener} whenever a value has been stored. A listener equal to a present one is not added. */
    public synchronized void whenStored(Runnable listener) {
        if (!listeners.contains(listener)) {
            var all = new ArrayList<Runnable>(listeners);
            all.add(listener);
            listeners = List.copyOf(all);
        }
    }
}
