package io.marketbrain.model;

import java.util.Locale;

/** The asset class of an instrument. */
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
