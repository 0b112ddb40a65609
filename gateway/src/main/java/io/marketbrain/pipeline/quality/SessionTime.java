package io.marketbrain.pipeline.quality;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.Interval;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * Measures how long a market has certainly been open between two instants. Crypto never closes; foreign exchange and
 * commodities are closed from Friday to Sunday, 17:00 in New York; securities count from 10:00 to 16:00 on weekdays at
 * their venue. Holidays are not known and count as open. Pure.
 */
final class SessionTime {
    /** Beyond this the days are not counted any more: every market has been open for long enough. */
    static final Duration LONGEST = Duration.ofDays(30);

    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final LocalTime WEEK_BOUNDARY = LocalTime.of(17, 0);
    private static final LocalTime OPENING = LocalTime.of(10, 0);
    private static final LocalTime CLOSING = LocalTime.of(16, 0);
    private static final Duration SESSION = Duration.between(OPENING, CLOSING);

    private SessionTime() {}

    /** The open time from {@code from} to {@code to}; all of it if that is more than {@link #LONGEST}. */
    static Duration between(AssetType type, String zone, Instant from, Instant to) {
        Duration whole = Duration.between(from, to);
        if (whole.compareTo(LONGEST) > 0 || whole.isNegative()) {
            return whole;
        }
        return switch (type) {
            case CRYPTO, FUND, RATE, MACRO, NEWS -> whole;
            case FX, COMMODITY -> whole.minus(weekends(from, to));
            case STOCK, ETF, INDEX -> sessions(zone(zone), from, to);
        };
    }

    /** The open time within a candle of an interval, in a week without holidays. */
    static Duration within(AssetType type, Interval interval) {
        Duration length = interval.length();
        return switch (type) {
            case CRYPTO, FUND, RATE, MACRO, NEWS -> length;
            case FX, COMMODITY -> interval.compareTo(Interval.W1) < 0 ? length : length.multipliedBy(5).dividedBy(7);
            case STOCK, ETF, INDEX ->
                interval.compareTo(Interval.W1) < 0
                        ? shorter(length, SESSION)
                        : SESSION.multipliedBy(length.toDays() * 5 / 7);
        };
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException unknown) {
            return ZoneOffset.UTC;
        }
    }

    private static Duration weekends(Instant from, Instant to) {
        Duration closed = Duration.ZERO;
        LocalDate end = LocalDate.ofInstant(to, NEW_YORK);
        for (LocalDate day = LocalDate.ofInstant(from, NEW_YORK).minusDays(2);
                !day.isAfter(end);
                day = day.plusDays(1)) {
            if (day.getDayOfWeek() == DayOfWeek.FRIDAY) {
                closed = closed.plus(overlap(
                        from,
                        to,
                        day.atTime(WEEK_BOUNDARY).atZone(NEW_YORK).toInstant(),
                        day.plusDays(2).atTime(WEEK_BOUNDARY).atZone(NEW_YORK).toInstant()));
            }
        }
        return closed;
    }

    private static Duration sessions(ZoneId zone, Instant from, Instant to) {
        Duration open = Duration.ZERO;
        LocalDate end = LocalDate.ofInstant(to, zone);
        for (LocalDate day = LocalDate.ofInstant(from, zone); !day.isAfter(end); day = day.plusDays(1)) {
            if (day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY) {
                open = open.plus(overlap(
                        from,
                        to,
                        day.atTime(OPENING).atZone(zone).toInstant(),
                        day.atTime(CLOSING).atZone(zone).toInstant()));
            }
        }
        return open;
    }

    private static Duration overlap(Instant from, Instant to, Instant start, Instant end) {
        Instant first = from.isAfter(start) ? from : start;
        Instant last = to.isBefore(end) ? to : end;
        return first.isBefore(last) ? Duration.between(first, last) : Duration.ZERO;
    }
}
