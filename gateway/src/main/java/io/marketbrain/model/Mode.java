package io.marketbrain.model;

import java.util.Locale;

/** Where an answer comes from. */
public enum Mode {
    /** The provider itself. */
    LIVE,
    /** The deterministic mock market. */
    MOCK;

    private final String wire = name().toLowerCase(Locale.ROOT);

    public String wire() {
        return wire;
    }
}
