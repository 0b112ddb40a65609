package io.marketbrain.provider.descriptor;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A value that is created once, when it is first needed. If creating it throws, the next caller tries again. Thread-safe;
 * threads that need it while it is being created wait for it.
 */
public final class Lazy<T> implements Supplier<T> {
    private final Supplier<T> maker;
    private volatile @Nullable T value;

    public Lazy(Supplier<T> maker) {
        this.maker = maker;
    }

    @Override
    public T get() {
        T made = value;
        return made != null ? made : make();
    }

    /** Whether the value has been created. */
    public boolean isMade() {
        return value != null;
    }

    private synchronized T make() {
        T made = value;
        if (made == null) {
            made = maker.get();
            value = made;
        }
        return made;
    }
}
