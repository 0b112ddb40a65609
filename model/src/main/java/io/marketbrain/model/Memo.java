package io.marketbrain.model;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Holds one value derived from a cached response, such as its rendered bytes, for as long as the cache entry exists.
 * Several threads that call it at once may each compute the value. Thread-safe.
 */
public final class Memo {
    private final AtomicReference<Object> value = new AtomicReference<>();

    /** The stored value if it is a {@code type}; otherwise computes one with {@code factory} and stores it. */
    public <T> T of(Class<T> type, Supplier<T> factory) {
        Object existing = value.get();
        if (type.isInstance(existing)) {
            return type.cast(existing);
        }
        T fresh = factory.get();
        value.set(fresh);
        return fresh;
    }
}
