package io.marketbrain.payload;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.IsoFields;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the periods of statistics, such as {@code 2024}, {@code 2024-Q1}, {@code 2024M03}, {@code 2024-S2}, {@code 2024-W05} and
 * {@code 2024-03-28}: the reporting periods of SDMX, with a dash, a space or neither. A period is its first day. Pure.
 */
public final class PeriodText {
    private static final Pattern PERIOD = Pattern.compile("([0-9]{4})(?:[- ]?([ASHTQMWD])([0-9]{1,3})|-([0-9]{2}))?");

    private PeriodText() {}

    /**
     * The first day of a period.
     *
     * @throws DateTimeException if the text is not a period, or the year has no such period
     */
    public static LocalDate firstDay(String text) {
        Matcher period = PERIOD.matcher(text.toUpperCase(Locale.ROOT));
        if (!period.matches()) {
            return LocalDate.parse(text);
        }
        int year = Integer.parseInt(period.group(1));
        if (period.group(4) != null) {
            return LocalDate.of(year, Integer.parseInt(period.group(4)), 1);
        }
        if (period.group(2) == null) {
            return LocalDate.of(year, 1, 1);
        }
        int number = Integer.parseInt(period.group(3));
        return switch (period.group(2)) {
            case "A" -> part(year, number, 1);
            // Half-years are S in SDMX and H elsewhere; T is a third of a year.
            case "S", "H" -> part(year, number, 2);
            case "T" -> part(year, number, 3);
            case "Q" -> part(year, number, 4);
            case "M" -> part(year, number, 12);
            case "W" -> week(year, number);
            default -> LocalDate.ofYearDay(year, number);
        };
    }

    /** The first day of one of the parts of a year that have as many whole months each. */
    private static LocalDate part(int year, int number, int parts) {
        if (number < 1 || number > parts) {
            throw new DateTimeException("a year has " + parts + " of these periods");
        }
        return LocalDate.of(year, 1, 1).plusMonths((number - 1) * (12L / parts));
    }

    /** The Monday of a week of ISO 8601, whose week 1 contains 4 January. */
    private static LocalDate week(int year, int number) {
        LocalDate fourth = LocalDate.of(year, 1, 4);
        if (number < 1
                || number
                        > IsoFields.WEEK_OF_WEEK_BASED_YEAR
                                .rangeRefinedBy(fourth)
                                .getMaximum()) {
            throw new DateTimeException("the year has no such week");
        }
        return fourth.with(DayOfWeek.MONDAY).plusWeeks(number - 1L);
    }
}
