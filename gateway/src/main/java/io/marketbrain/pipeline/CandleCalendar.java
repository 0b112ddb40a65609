package io.marketbrain.pipeline;

import io.marketbrain.model.Instrument;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.calendar.ExchangeCalendar;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/** The trading days by which candles are missing. Pure. */
public final class CandleCalendar {
    /** The longest candles that are compared with sessions: longer ones span the breaks between them. */
    private static final Duration LONGEST = Duration.ofHours(1);

    private CandleCalendar() {}

    /**
     * The calendar of the exchange; empty unless the candles are of a day or up to an hour, and of a security.
     *
     * @param simulated whether the candles are of the mock market, which has the days of its own zone, whatever the exchange
     */
    public static Optional<ExchangeCalendar> find(Candles candles, boolean simulated) {
        Instrument instrument = candles.listing().instrument();
        boolean hasSessions = switch (instrument.type()) {
            case STOCK, ETF, INDEX -> true;
            case CRYPTO, FX, COMMODITY, FUND, RATE, MACRO, NEWS -> false;
        };
        return hasSessions && (isIntraday(candles.interval()) || candles.interval() == Interval.D1)
                ? ExchangeCalendar.find(
                        simulated ? null : instrument.mic(), candles.listing().zone())
                : Optional.empty();
    }

    /** Whether candles are compared with the hours of sessions. */
    public static boolean isIntraday(Interval interval) {
        return interval.length().compareTo(LONGEST) <= 0;
    }

    /** The trading day of a daily candle: providers date them by midnight UTC, by midnight at the exchange or by its opening. */
    public static LocalDate day(Instant time, ZoneId zone) {
        return LocalDate.ofInstant(time, isMidnight(time) ? ZoneOffset.UTC : zone);
    }

    /** The last day of a range that ends at a time, exclusive. */
    static LocalDate lastDayBefore(Instant end, ZoneId zone) {
        return LocalDate.ofInstant(end.minusNanos(1), isMidnight(end) ? ZoneOffset.UTC : zone);
    }

    /** Whether a time is midnight UTC. */
    public static boolean isMidnight(Instant time) {
        return time.getEpochSecond() % (24 * 60 * 60) == 0;
    }
}
