package io.marketbrain.model;

import java.util.Locale;

/**
 * What kind of thing is quoted or reported. New kinds are added at the end: cached responses carry the position.
 */
public enum AssetType {
    CRYPTO,
    STOCK,
    ETF,
    FX,
    COMMODITY,
    INDEX,
    /** A fund that is not traded during the day: it has one net asset value a day. */
    FUND,
    /** An interest rate or a central bank's reference rate. */
    RATE,
    /** A macro-economic series; it has observations, not trades. */
    MACRO,
    /** News about any of these. */
    NEWS;

    private final String wire = name().toLowerCase(Locale.ROOT);

    /** Whether it can be split or pays dividends, so that past prices may be adjusted. */
    public boolean isAdjustable() {
        return this == STOCK || this == ETF || this == FUND;
    }

    /** The name in JSON and configuration: lower case. */
    public String wire() {
        return wire;
    }
}
