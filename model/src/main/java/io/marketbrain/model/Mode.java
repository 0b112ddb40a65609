package io.marketbrain.model;

import java.util.Locale;

/** The kind of source that a response comes from. */
public enum Mode {
    /** The live provider. */
    LIVE,
    /** The deterministic mock market. */
    MOCK;

    private final String wire = name().toLowerCase(Locale.ROOT);

    public String wire() {
        return wire;
    }
}
