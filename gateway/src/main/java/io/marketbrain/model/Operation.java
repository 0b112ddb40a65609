package io.marketbrain.model;

import java.util.Locale;

/** What can be asked of a provider. */
public enum Operation {
    QUOTE,
    CANDLES,
    BOOK,
    TRADES,
    SERIES,
    NEWS;

    private final String wire = name().toLowerCase(Locale.ROOT);

    /** The name in JSON, descriptors and paths: lower case. */
    public String wire() {
        return wire;
    }
}
