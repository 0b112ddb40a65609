package io.marketbrain.mock.calendar;

import java.time.LocalDate;
import java.util.BitSet;

/** One year of {@link NyseCalendar}, precomputed. Days are counted since 1970. Immutable. */
final class NyseYear {
    private final long first;
    private final long after;
    private final long daylightSavingFrom;
    private final long daylightSavingTo;
    private final BitSet holidays = new BitSet(366);
    private final BitSet shortDays = new BitSet(366);

    NyseYear(int year) {
        first = LocalDate.of(year, 1, 1).toEpochDay();
        after = LocalDate.of(year + 1, 1, 1).toEpochDay();
        LocalDate[] daylightSaving = NyseCalendar.daylightSaving(year);
        daylightSavingFrom = daylightSaving[0].toEpochDay();
        daylightSavingTo = daylightSaving[1].toEpochDay();
        NyseCalendar.holidays(year).forEach(day -> holidays.set((int) (day.toEpochDay() - first)));
        NyseCalendar.shortDays(year).forEach(day -> shortDays.set((int) (day.toEpochDay() - first)));
    }

    long first() {
        return first;
    }

    /** The first day of the next year. */
    long after() {
        return after;
    }

    /** Hours that New York is behind UTC in the afternoon of the day. */
    int hoursBehind(long day) {
        return day >= daylightSavingFrom && day < daylightSavingTo ? 4 : 5;
    }

    boolean isHoliday(long day) {
        return holidays.get((int) (day - first));
    }

    boolean isShort(long day) {
        return shortDays.get((int) (day - first));
    }
}
