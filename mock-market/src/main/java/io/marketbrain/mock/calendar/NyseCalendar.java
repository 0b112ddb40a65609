package io.marketbrain.mock.calendar;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.HashSet;
import java.util.Set;

/**
 * New York's daylight-saving changes and stock-exchange holidays from 1980 to 2100, by rule. Today's rules are assumed
 * to remain in force; historical exceptions are listed.
 */
final class NyseCalendar {
    private static final Set<LocalDate> UNSCHEDULED_CLOSURES = Set.of(
            LocalDate.of(1980, 11, 4),
            LocalDate.of(1985, 9, 27),
            LocalDate.of(1994, 4, 27),
            LocalDate.of(2001, 9, 11),
            LocalDate.of(2001, 9, 12),
            LocalDate.of(2001, 9, 13),
            LocalDate.of(2001, 9, 14),
            LocalDate.of(2004, 6, 11),
            LocalDate.of(2007, 1, 2),
            LocalDate.of(2012, 10, 29),
            LocalDate.of(2012, 10, 30),
            LocalDate.of(2018, 12, 5),
            LocalDate.of(2025, 1, 9));

    private NyseCalendar() {}

    /**
     * The first day of daylight saving time, when New York is four hours behind UTC, and the first day of standard time
     * after it.
     */
    static LocalDate[] daylightSaving(int year) {
        if (year >= 2007) {
            return new LocalDate[] {nth(year, 3, 2, DayOfWeek.SUNDAY), nth(year, 11, 1, DayOfWeek.SUNDAY)};
        }
        LocalDate from = year >= 1987 ? nth(year, 4, 1, DayOfWeek.SUNDAY) : last(year, 4, DayOfWeek.SUNDAY);
        return new LocalDate[] {from, last(year, 10, DayOfWeek.SUNDAY)};
    }

    /** The weekdays of the year on which stocks do not trade. */
    static Set<LocalDate> holidays(int year) {
        Set<LocalDate> days = new HashSet<>();
        LocalDate newYear = LocalDate.of(year, 1, 1);
        if (newYear.getDayOfWeek() == DayOfWeek.SUNDAY) {
            days.add(newYear.plusDays(1));
        } else {
            days.add(newYear);
        }
        if (year >= 1998) {
            days.add(nth(year, 1, 3, DayOfWeek.MONDAY));
        }
        days.add(nth(year, 2, 3, DayOfWeek.MONDAY));
        days.add(easter(year).minusDays(2));
        days.add(last(year, 5, DayOfWeek.MONDAY));
        if (year >= 2022) {
            days.add(observed(LocalDate.of(year, 6, 19)));
        }
        days.add(observed(LocalDate.of(year, 7, 4)));
        days.add(nth(year, 9, 1, DayOfWeek.MONDAY));
        days.add(thanksgiving(year));
        days.add(observed(LocalDate.of(year, 12, 25)));
        for (LocalDate day : UNSCHEDULED_CLOSURES) {
            if (day.getYear() == year) {
                days.add(day);
            }
        }
        return days;
    }

    /** The trading days of the year on which stocks close at 13:00. */
    static Set<LocalDate> shortDays(int year) {
        Set<LocalDate> days = new HashSet<>();
        if (year >= 1993) {
            days.add(thanksgiving(year).plusDays(1));
            days.add(LocalDate.of(year, 12, 24));
            days.add(LocalDate.of(year, 7, 3));
            days.removeAll(holidays(year));
            days.removeIf(day -> day.getDayOfWeek().getValue() > 5);
        }
        return days;
    }

    /** A holiday on a Saturday is observed on Friday, one on a Sunday on Monday. */
    private static LocalDate observed(LocalDate day) {
        return switch (day.getDayOfWeek()) {
            case SATURDAY -> day.minusDays(1);
            case SUNDAY -> day.plusDays(1);
            default -> day;
        };
    }

    private static LocalDate thanksgiving(int year) {
        return nth(year, 11, 4, DayOfWeek.THURSDAY);
    }

    private static LocalDate nth(int year, int month, int n, DayOfWeek day) {
        return LocalDate.of(year, month, 1).with(TemporalAdjusters.dayOfWeekInMonth(n, day));
    }

    private static LocalDate last(int year, int month, DayOfWeek day) {
        return LocalDate.of(year, month, 1).with(TemporalAdjusters.lastInMonth(day));
    }

    /** Easter Sunday of the Gregorian calendar, from the epact and the golden number (Lilius, Clavius). */
    static LocalDate easter(int year) {
        int golden = year % 19;
        int century = year / 100;
        int leaps = century - century / 4;
        int moon = (8 * century + 13) / 25;
        int epact = Math.floorMod(leaps - moon + 19 * golden + 15, 30);
        int fullMoon = epact - (epact / 28) * (1 - (epact / 28) * (29 / (epact + 1)) * ((21 - golden) / 11));
        int weekday = Math.floorMod(year + year / 4 + fullMoon + 2 - leaps, 7);
        int sunday = fullMoon - weekday;
        int month = 3 + (sunday + 40) / 44;
        return LocalDate.of(year, month, sunday + 28 - 31 * (month / 4));
    }
}
