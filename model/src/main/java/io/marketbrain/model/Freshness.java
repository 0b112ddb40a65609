package io.marketbrain.model;

import java.util.Locale;

/** Whether a response is within its freshness lifetime. */
public enum Freshness {
    FRESH,
    /** Expired, and served because newer data was not available in time. */
    STALE;

    private final String wire = name().toLowerCase(Locale.ROOT);

    public String wire() {
        return wire;
    }
}
