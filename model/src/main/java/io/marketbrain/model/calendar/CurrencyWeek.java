package io.marketbrain.model.calendar;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;

/** The trading week of foreign exchange: Sunday 17:00 to Friday 17:00 in New York, without holidays. Pure. */
public final class CurrencyWeek {
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final LocalTime BOUNDARY = LocalTime.of(17, 0);
    private static final int DAYS = 5;

    private CurrencyWeek() {}

    /** The week that contains the instant, or the last one before it. */
    public static TradingSession lastBegun(Instant instant) {
        ZonedDateTime at = instant.atZone(NEW_YORK);
        ZonedDateTime opens =
                at.with(TemporalAdjusters.previousOrSame(DayOfWeek.SUNDAY)).with(BOUNDARY);
        return week(opens.isAfter(at) ? opens.minusWeeks(1) : opens);
    }

    /** The week after one. */
    public static TradingSession after(TradingSession week) {
        return week(week.opens().atZone(NEW_YORK).plusWeeks(1));
    }

    /** The trading day of an instant, which begins at 17:00 of the day before in New York. */
    public static LocalDate tradingDay(Instant instant) {
        return instant.atZone(NEW_YORK)
                .plus(Duration.between(BOUNDARY, LocalTime.MAX).plusNanos(1))
                .toLocalDate();
    }

    private static TradingSession week(ZonedDateTime opens) {
        return new TradingSession(opens.toInstant(), opens.plusDays(DAYS).toInstant());
    }
}
