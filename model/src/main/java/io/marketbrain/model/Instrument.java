package io.marketbrain.model;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * The canonical identity of a traded instrument, independent of the provider. Two instruments are equal when they are
 * the same market, whatever symbols the providers use.
 *
 * @param base the asset or ticker that existing clients know as {@code symbol}: {@code BTC}, {@code AAPL}
 * @param quote the currency the price is in: an ISO 4217 code, or a crypto code for crypto pairs
 * @param settle the settlement asset of a derivative; null otherwise
 * @param mic the ISO 10383 market identifier code of a listed security; null where unknown
 * @param expiry the day on which a dated future expires, in UTC; null for perpetual swaps and whatever else does not expire
 * @param rolling the exchange's code of a rolling future, which is another dated one as soon as that expires: {@code CW} for
 *     that of the current week; null for everything else
 */
public record Instrument(
        AssetType type,
        String base,
        String quote,
        @Nullable String settle,
        @Nullable String mic,
        @Nullable LocalDate expiry,
        @Nullable String rolling) {

    /** ISO 4217's code for "no currency": that of an index in points whose currency is unknown, or of a series. */
    public static final String NO_CURRENCY = "XXX";

    private static final DateTimeFormatter EXPIRY = DateTimeFormatter.ofPattern("yyMMdd");

    /** An instrument that does not expire. */
    public Instrument(AssetType type, String base, String quote, @Nullable String settle, @Nullable String mic) {
        this(type, base, quote, settle, mic, null, null);
    }

    public static Instrument crypto(String base, String quote) {
        return new Instrument(AssetType.CRYPTO, base, quote, null, null);
    }

    /** The same instrument, quoted in a currency. */
    Instrument quotedIn(String currency) {
        return new Instrument(type, base, currency, settle, mic, expiry, rolling);
    }

    /**
     * {@code BASE/QUOTE}, {@code BASE/QUOTE:SETTLE} for a perpetual swap, {@code BASE/QUOTE:SETTLE-YYMMDD} for a dated
     * future, {@code BASE/QUOTE:SETTLE-CW} for a rolling one, {@code ^CODE} for an index, {@code TICKER} or {@code TICKER@MIC}.
     */
    public String unified() {
        return switch (type) {
            case CRYPTO, FX -> base + "/" + quote + (settle == null ? "" : ":" + settle + term());
            case INDEX -> "^" + base;
            case STOCK, ETF, COMMODITY, FUND, RATE, MACRO, NEWS -> mic == null ? base : base + "@" + mic;
        };
    }

    private String term() {
        if (rolling != null) {
            return "-" + rolling;
        }
        return expiry == null ? "" : "-" + EXPIRY.format(expiry);
    }

    @Override
    public String toString() {
        return unified();
    }
}
