package io.marketbrain.model.series;

import io.marketbrain.model.Instrument;
import io.marketbrain.model.InstrumentType;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a series about an instrument is of. */
public enum SeriesKind {
    /** What the longs of a perpetual swap pay the shorts, as a fraction of the position; by the time of the payment. */
    FUNDING_RATE("Funding rate"),
    /** The price by which a contract's profit and margin are calculated. */
    MARK_PRICE("Mark price"),
    /** The contracts that are open. */
    OPEN_INTEREST("Open interest"),
    /** Cash dividends per share, by the first day on which the share is traded without them. */
    DIVIDENDS("Dividends"),
    /** The shares that one share became, by the first day on which the new ones are traded. */
    SPLITS("Splits"),
    /** Prices at single moments. */
    PRICE("Price");

    private final String title;
    private final String wire = name().toLowerCase(Locale.ROOT);

    SeriesKind(String title) {
        this.title = title;
    }

    /** The kind that a word names, in any case. */
    public static Optional<SeriesKind> find(String word) {
        return Arrays.stream(values())
                .filter(kind -> kind.wire.equalsIgnoreCase(word))
                .findFirst();
    }

    /** The name in ids and descriptors: lower case. */
    public String wire() {
        return wire;
    }

    /** The words for it at the beginning of a title. */
    public String title() {
        return title;
    }

    /** Whether an instrument can have it: only perpetual swaps have funding rates, only shares have dividends. */
    public boolean fits(Instrument instrument) {
        return switch (this) {
            case FUNDING_RATE -> InstrumentType.of(instrument).equals(InstrumentType.SWAP);
            case MARK_PRICE, OPEN_INTEREST -> instrument.settle() != null;
            case DIVIDENDS, SPLITS -> instrument.type().isAdjustable();
            case PRICE -> true;
        };
    }

    /** What can have it, in words: {@code a perpetual swap, such as BTC/USDT:USDT}. */
    public String instruments() {
        return switch (this) {
            case FUNDING_RATE -> "a perpetual swap, such as BTC/USDT:USDT";
            case MARK_PRICE, OPEN_INTEREST -> "a swap or future, such as BTC/USDT:USDT";
            case DIVIDENDS, SPLITS -> "a share or fund";
            case PRICE -> "any instrument";
        };
    }

    /** Whether it changes while the market is open, so that its latest value is soon out of date. */
    public boolean isOfMarket() {
        return this != DIVIDENDS && this != SPLITS;
    }

    @Override
    public String toString() {
        return wire;
    }
}
