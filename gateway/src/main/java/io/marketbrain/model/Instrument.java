package io.marketbrain.model;

import org.jspecify.annotations.Nullable;

/**
 * The canonical identity of what is traded, the same for every provider. Two instruments are equal when they are the
 * same market, however a provider spells them.
 *
 * @param base the asset or ticker that existing clients know as {@code symbol}: {@code BTC}, {@code AAPL}
 * @param quote the currency the price is in: an ISO 4217 code, or a crypto code for crypto pairs
 * @param settle the settlement asset of a derivative, else null
 * @param mic the ISO 10383 market identifier of a listed security where it is known, else null
 */
public record Instrument(
        AssetType type,
        String base,
        String quote,
        @Nullable String settle,
        @Nullable String mic) {

    public static Instrument crypto(String base, String quote) {
        return new Instrument(AssetType.CRYPTO, base, quote, null, null);
    }

    /** {@code BASE/QUOTE}, {@code BASE/QUOTE:SETTLE}, {@code TICKER} or {@code TICKER@MIC}. */
    public String unified() {
        return switch (type) {
            case CRYPTO, FX -> settle == null ? base + "/" + quote : base + "/" + quote + ":" + settle;
            case STOCK, ETF, COMMODITY, INDEX, FUND, RATE, MACRO, NEWS -> mic == null ? base : base + "@" + mic;
        };
    }

    @Override
    public String toString() {
        return unified();
    }
}
