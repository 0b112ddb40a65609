package io.marketbrain.model;

import java.util.Locale;

/** Whether a response describes the present. */
public enum Freshness {
    /** Within its freshness lifetime, and not known to be outdated at its provider. */
    FRESH,
    /**
     * Expired, and served because newer data was not available in time; or the data's own time ({@code as_of}) is older
     * than such data should be, however recently it was fetched.
     */
    STALE;

    private final String wire = name().toLowerCase(Locale.ROOT);

    public String wire() {
        return wire;
    }
}
