package io.marketbrain.provider.symbols;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a provider writes the day on which a future expires: by a pattern such as {@code yyMMdd}, or as the month's letter and two
 * digits of the year ({@code H26}: March 2026), for futures that expire on the last Friday of a month. Immutable.
 */
final class ExpiryFormat {
    /** The name of the format with letters. */
    static final String MONTH_CODE = "month_code";

    /** The letters of the months, as futures exchanges use them. */
    private static final String MONTHS = "FGHJKMNQUVXZ";

    private static final int CENTURY = 2000;

    /** The letters of one field of a pattern. */
    private static final Pattern FIELD = Pattern.compile("([A-Za-z])\\1*");

    private final @Nullable DateTimeFormatter pattern;
    private final String regex;

    private ExpiryFormat(@Nullable DateTimeFormatter pattern, String regex) {
        this.pattern = pattern;
        this.regex = regex;
    }

    /** @throws IllegalArgumentException if it is neither {@link #MONTH_CODE} nor a pattern */
    static ExpiryFormat of(String pattern) {
        if (pattern.equals(MONTH_CODE)) {
            return new ExpiryFormat(null, "[" + MONTHS + "][0-9]{2}");
        }
        return new ExpiryFormat(
                new DateTimeFormatterBuilder()
                        .parseCaseInsensitive()
                        .appendPattern(pattern)
                        .toFormatter(Locale.US),
                FIELD.matcher(pattern).replaceAll(field -> regex(field.group())));
    }

    /** What the texts of one field of a pattern look like: the name of a month, or as many digits as the field has letters. */
    private static String regex(String field) {
        return switch (field) {
            case "MMM" -> "[A-Z]{3}";
            case "d", "M" -> "[0-9]{1,2}";
            default -> "[0-9]{" + field.length() + "}";
        };
    }

    /** What texts of the format look like. */
    String regex() {
        return regex;
    }

    Optional<LocalDate> read(String text) {
        try {
            if (pattern != null) {
                return Optional.of(LocalDate.parse(text, pattern));
            }
            int month = 1 + MONTHS.indexOf(text.charAt(0));
            int year = CENTURY + Integer.parseInt(text.substring(1));
            return Optional.of(lastFriday(YearMonth.of(year, month)));
        } catch (DateTimeException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** The text of a day; empty if no future of this format expires then. */
    Optional<String> findText(LocalDate day) {
        if (pattern != null) {
            return Optional.of(pattern.format(day).toUpperCase(Locale.ROOT));
        }
        return day.equals(lastFriday(YearMonth.from(day)))
                ? Optional.of(MONTHS.charAt(day.getMonthValue() - 1)
                        + String.format(Locale.ROOT, "%02d", day.getYear() % 100))
                : Optional.empty();
    }

    private static LocalDate lastFriday(YearMonth month) {
        return month.atEndOfMonth().with(TemporalAdjusters.previousOrSame(DayOfWeek.FRIDAY));
    }
}
