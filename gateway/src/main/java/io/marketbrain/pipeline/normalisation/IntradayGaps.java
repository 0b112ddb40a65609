package io.marketbrain.pipeline.normalisation;

import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Gap;
import io.marketbrain.model.calendar.ExchangeCalendar;
import io.marketbrain.model.calendar.TradingSession;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * Which candles of up to an hour of a security are missing within the sessions of its exchange. Nights, weekends, holidays,
 * lunch breaks and days of years whose holidays are not known have no gaps. Providers align candles to the clock or to the
 * opening, so that only whole intervals without a candle count. Pure.
 */
final class IntradayGaps {
    /** So much may be missing where a session begins or ends: some exchanges trade by auction then. */
    private static final Duration AUCTION = Duration.ofMinutes(10);

    private final Interval interval;
    private final List<Candle> candles;
    private final List<Gap> gaps = new ArrayList<>();
    private int next;

    private IntradayGaps(Interval interval, List<Candle> candles) {
        this.interval = interval;
        this.candles = candles;
    }

    /**
     * The gaps within the sessions of a range.
     *
     * @param candles oldest first; those outside of sessions are ignored
     * @param from the beginning of the range, inclusive
     * @param to the end of the range, exclusive
     */
    static List<Gap> find(
            ExchangeCalendar calendar, Interval interval, List<Candle> candles, Instant from, Instant to) {
        var found = new IntradayGaps(interval, candles);
        LocalDate last = LocalDate.ofInstant(to, calendar.zone());
        for (LocalDate day = LocalDate.ofInstant(from, calendar.zone()); !day.isAfter(last); day = day.plusDays(1)) {
            if (calendar.knows(day)) {
                calendar.sessions(day).forEach(session -> found.session(session, from, to));
            }
        }
        return found.gaps;
    }

    private void session(TradingSession session, Instant from, Instant to) {
        Instant end = to.isBefore(session.closes()) ? to : session.closes();
        Instant covered = from.isAfter(session.opens()) ? from : session.opens();
        if (!covered.isBefore(end)) {
            return;
        }
        boolean atOpening = covered.equals(session.opens());
        while (next < candles.size() && candles.get(next).openTime().isBefore(end)) {
            Instant opened = candles.get(next++).openTime();
            if (interval.next(opened).isAfter(covered)) {
                add(covered, opened, atOpening);
                covered = interval.next(opened);
                atOpening = false;
            }
        }
        add(covered, end, atOpening || end.equals(session.closes()));
    }

    private void add(Instant from, Instant to, boolean auction) {
        Duration empty = Duration.between(from, to);
        long missing = empty.isPositive() ? empty.dividedBy(interval.length()) : 0;
        if (missing > 0 && !(auction && empty.compareTo(AUCTION) <= 0)) {
            gaps.add(new Gap(from, from.plus(interval.length().multipliedBy(missing)), missing));
        }
    }
}
