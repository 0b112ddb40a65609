package io.marketbrain.store;

import org.jspecify.annotations.Nullable;

/** A store cannot be read or written at the moment. */
public class StoreUnavailable extends Exception {
    private static final long serialVersionUID = 1L;

    public StoreUnavailable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
