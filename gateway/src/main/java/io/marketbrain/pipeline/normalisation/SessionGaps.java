package io.marketbrain.pipeline.normalisation;

import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Gap;
import io.marketbrain.model.calendar.ExchangeCalendar;
import io.marketbrain.model.calendar.TradingSession;
import io.marketbrain.pipeline.CandleCalendar;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which daily candles of a security are missing: those of trading days whose session is over. A weekend or a holiday is no
 * gap, and a day of a year whose holidays are not known is none either. Pure.
 */
final class SessionGaps {
    private SessionGaps() {}

    /**
     * The gaps in a range, each of adjacent days, from midnight to midnight UTC.
     *
     * @param from the beginning of the range, inclusive
     * @param to the end of the range, exclusive
     * @param now the time by which a session must be over
     */
    static List<Gap> find(ExchangeCalendar calendar, List<Candle> candles, Instant from, Instant to, Instant now) {
        Set<LocalDate> present = new HashSet<>();
        boolean local = false;
        for (Candle candle : candles) {
            present.add(CandleCalendar.day(candle.openTime(), calendar.zone()));
            local |= !CandleCalendar.isMidnight(candle.openTime());
        }
        List<Gap> gaps = new ArrayList<>();
        LocalDate end = CandleCalendar.day(to, calendar.zone());
        for (LocalDate day = CandleCalendar.day(from, calendar.zone()); day.isBefore(end); day = day.plusDays(1)) {
            // Dated by the exchange's clock, the candle of the first day may open before the range.
            boolean within =
                    !local || !day.atStartOfDay(calendar.zone()).toInstant().isBefore(from);
            if (within && calendar.knows(day) && !present.contains(day) && isOver(calendar.sessions(day), now)) {
                add(gaps, day);
            }
        }
        return gaps;
    }

    private static boolean isOver(List<TradingSession> sessions, Instant now) {
        return !sessions.isEmpty() && !sessions.getLast().closes().isAfter(now);
    }

    private static void add(List<Gap> gaps, LocalDate day) {
        Instant from = midnight(day);
        long missing = 1;
        if (!gaps.isEmpty() && gaps.getLast().to().equals(from)) {
            Gap before = gaps.removeLast();
            from = before.from();
            missing += before.missing();
        }
        gaps.add(new Gap(from, midnight(day.plusDays(1)), missing));
    }

    private static Instant midnight(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
