package io.marketbrain.model.series;

import io.marketbrain.model.Instrument;
import java.util.Optional;

/**
 * A series about an instrument. Its id is the kind, a colon and a symbol: {@code funding_rate:BTC/USDT:USDT}.
 *
 * @param symbol the instrument, in unified form or in another one that its provider reads
 */
public record InstrumentSeries(SeriesKind kind, String symbol) {

    /** The series that an id names; empty for the ids of other series. */
    public static Optional<InstrumentSeries> find(String id) {
        int colon = id.indexOf(':');
        return colon < 0
                ? Optional.empty()
                : SeriesKind.find(id.substring(0, colon))
                        .map(kind -> new InstrumentSeries(kind, id.substring(colon + 1)));
    }

    /** The id of a series, in which the instrument is in unified form. */
    public static String id(SeriesKind kind, Instrument instrument) {
        return kind.wire() + ":" + instrument.unified();
    }

    /** What it is of, in words. */
    public String title() {
        return kind.title() + " of " + symbol;
    }
}
