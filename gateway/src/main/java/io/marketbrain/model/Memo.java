package io.marketbrain.model;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * A place beside a cached answer for one thing made from it, such as its bytes on the wire. Lives as long as the cache's
 * entry; made at most a few times when several threads come at once. Thread-safe.
 */
public final class Memo {
    private final AtomicReference<Object> made = new AtomicReference<>();

    /** What was made before, if it is a {@code type}; else what {@code maker} makes now. */
    public <T> T of(Class<T> type, Supplier<T> maker) {
        Object before = made.get();
        if (type.isInstance(before)) {
            return type.cast(before);
        }
        T fresh = maker.get();
        made.set(fresh);
        return fresh;
    }
}
