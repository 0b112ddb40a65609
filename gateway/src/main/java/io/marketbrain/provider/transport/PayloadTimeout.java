package io.marketbrain.provider.transport;

import java.io.IOException;

/** The deadline passed before a whole body had arrived. */
final class PayloadTimeout extends IOException {
    private static final long serialVersionUID = 1L;

    /** Whether the time was spent waiting for memory rather than for the provider. */
    private final boolean forMemory;

    PayloadTimeout(boolean forMemory) {
        super("the deadline passed");
        this.forMemory = forMemory;
    }

    boolean forMemory() {
        return forMemory;
    }
}
