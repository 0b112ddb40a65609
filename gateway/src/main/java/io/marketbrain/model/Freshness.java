package io.marketbrain.model;

import java.util.Locale;

/** Whether an answer is as new as its kind should be. */
public enum Freshness {
    FRESH,
    /** Older than it should be, served because nothing newer could be had in time. */
    STALE;

    private final String wire = name().toLowerCase(Locale.ROOT);

    public String wire() {
        return wire;
    }
}
