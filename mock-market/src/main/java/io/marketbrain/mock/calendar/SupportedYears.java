package io.marketbrain.mock.calendar;

import java.time.LocalDate;

/** The years that the mock market covers: 1980 to 2100. */
public final class SupportedYears {
    static final int FIRST_YEAR = 1980;
    static final int LAST_YEAR = 2100;
    static final long FIRST_DAY = LocalDate.of(FIRST_YEAR, 1, 1).toEpochDay();
    static final long END_DAY = LocalDate.of(LAST_YEAR + 1, 1, 1).toEpochDay();
    public static final long DAY = 86_400_000L;
    public static final long START = FIRST_DAY * DAY;
    public static final long END = END_DAY * DAY;

    private SupportedYears() {}
}
