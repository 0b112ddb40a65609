package io.marketbrain.model;

import java.util.Locale;

/** The kinds of query that a provider can support. */
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
