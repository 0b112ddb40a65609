package io.marketbrain.provider.mock;

import java.time.LocalDate;
import java.util.BitSet;

/** One year of {@link NewYork}, worked out once: which days are what, by the number of days since 1970. Immutable. */
final class NewYorkYear {
    private final long first;
    private final long after;
    private final long summerFrom;
    private final long summerTo;
    private final BitSet holidays = new BitSet(366);
    private final BitSet shortDays = new BitSet(366);

    NewYorkYear(int year) {
        first = LocalDate.of(year, 1, 1).toEpochDay();
        after = LocalDate.of(year + 1, 1, 1).toEpochDay();
        LocalDate[] summer = NewYork.summer(year);
        summerFrom = summer[0].toEpochDay();
        summerTo = summer[1].toEpochDay();
        NewYork.holidays(year).forEach(day -> holidays.set((int) (day.toEpochDay() - first)));
        NewYork.shortDays(year).forEach(day -> shortDays.set((int) (day.toEpochDay() - first)));
    }

    long first() {
        return first;
    }

    /** The first day of the next year. */
    long after() {
        return after;
    }

    /** Hours that New York is behind UTC in the afternoon. */
    int hoursBehind(long day) {
        return day >= summerFrom && day < summerTo ? 4 : 5;
    }

    boolean isHoliday(long day) {
        return holidays.get((int) (day - first));
    }

    boolean isShort(long day) {
        return shortDays.get((int) (day - first));
    }
}
