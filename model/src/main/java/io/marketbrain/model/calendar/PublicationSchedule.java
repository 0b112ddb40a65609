package io.marketbrain.model.calendar;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;

/**
 * On which days rates are published that are published once a day. Immutable.
 *
 * @param calendar the days, as far as they are known; in other years every weekday
 * @param zone where the day is that a rate is of
 */
public record PublicationSchedule(ExchangeCalendar calendar, ZoneId zone) {
    /** How many weekdays in a row may be holidays where holidays are not known, as around Easter and Christmas. */
    private static final int UNKNOWN_HOLIDAYS = 3;

    /**
     * The schedule of a provider.
     *
     * @param days {@code euro_system}, the days on which the euro system settles, or {@code weekdays}
     * @param zone the IANA zone of the provider; empty is returned if there is no such zone
     */
    public static Optional<PublicationSchedule> find(String days, String zone) {
        try {
            ZoneId of = ZoneId.of(zone);
            return switch (days) {
                case "euro_system" -> Optional.of(new PublicationSchedule(ExchangeCalendar.euroSystem(), of));
                case "weekdays" -> Optional.of(new PublicationSchedule(ExchangeCalendar.weekdays(), of));
                default -> Optional.empty();
            };
        } catch (DateTimeException unknown) {
            return Optional.empty();
        }
    }

    /** From when on a rate is late because the next one must have been published: the end of the day of that one. */
    public Instant lateFrom(Instant rate) {
        LocalDate day = next(LocalDate.ofInstant(rate, zone));
        for (int i = 0; i < UNKNOWN_HOLIDAYS && !calendar.knows(day); i++) {
            day = next(day);
        }
        return day.plusDays(1).atStartOfDay(zone).toInstant();
    }

    private LocalDate next(LocalDate day) {
        LocalDate next = day.plusDays(1);
        while (!calendar.isTradingDay(next)) {
            next = next.plusDays(1);
        }
        return next;
    }
}
