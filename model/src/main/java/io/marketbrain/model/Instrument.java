package io.marketbrain.model;

import org.jspecify.annotations.Nullable;

/**
 * The canonical identity of a traded instrument, independent of the provider. Two instruments are equal when they are
 * the same market, whatever symbols the providers use.
 *
 * @param base the asset or ticker that existing clients know as {@code symbol}: {@code BTC}, {@code AAPL}
 * @param quote the currency the price is in: an ISO 4217 code, or a crypto code for crypto pairs
 * @param settle the settlement asset of a derivative; null otherwise
 * @param mic the ISO 10383 market identifier code of a listed security; null where unknown
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
