package io.marketbrain.provider.symbols;

import io.marketbrain.model.Instrument;
import io.marketbrain.model.calendar.ExchangeCalendar;
import java.util.Optional;

/** The zone of the trading day of an instrument. Pure. */
public final class TradingZone {
    private static final String NEW_YORK = "XNYS";

    private TradingZone() {}

    /** That of the exchange of a security, or of the constituents of an index; empty if it is not known. */
    public static Optional<String> find(Instrument instrument) {
        return findMic(instrument).flatMap(ExchangeCalendar::findZone);
    }

    private static Optional<String> findMic(Instrument instrument) {
        Optional<String> own = Optional.ofNullable(instrument.mic());
        return switch (instrument.type()) {
            case INDEX -> KnownIndex.find(instrument.base()).map(KnownIndex::mic);
            // Securities of the United States have no MIC.
            case STOCK, ETF ->
                own.or(() -> instrument.quote().equals("USD") ? Optional.of(NEW_YORK) : Optional.empty());
            case CRYPTO, FX, COMMODITY, FUND, RATE, MACRO, NEWS -> own;
        };
    }
}
