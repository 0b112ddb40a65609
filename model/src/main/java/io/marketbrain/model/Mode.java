package io.marketbrain.model;

import java.util.Locale;

/** The kind of source that a response comes from. */
public enum Mode {
    /** The live provider. */
    LIVE,
    /** The deterministic mock market. */
    MOCK,
    /** A recording of the provider's earlier responses. */
    REPLAY;

    private final String wire = name().toLowerCase(Locale.ROOT);

    public String wire() {
        return wire;
    }
}
