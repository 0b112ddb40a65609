package io.marketbrain.model;

import java.util.Locale;

/** What kind of thing is traded. */
public enum AssetType {
    CRYPTO,
    STOCK,
    ETF,
    FX,
    COMMODITY,
    INDEX;

    private final String wire = name().toLowerCase(Locale.ROOT);

    /** The name in JSON and configuration: lower case. */
    public String wire() {
        return wire;
    }
}
