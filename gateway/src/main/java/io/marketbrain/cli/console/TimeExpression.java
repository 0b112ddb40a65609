package io.marketbrain.cli.console;

import io.marketbrain.config.Suggestions;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A time as typed on the command line: an instant, a date, a month, a year, a word such as {@code yesterday}, or an amount
 * of time before now such as {@code -30d}. A period stands for its beginning. Pure.
 */
public final class TimeExpression {
    private static final Pattern BEFORE_NOW = Pattern.compile("-(\\d{1,6})([mhdwMy])");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,13}");
    private static final Pattern YEAR = Pattern.compile("(\\d{4})");
    private static final Pattern MONTH = Pattern.compile("(\\d{4})-(\\d{2})");
    private static final Pattern LOCAL_TIME =
            Pattern.compile("(\\d{4}-\\d{2}-\\d{2})[T ](\\d{2}:\\d{2}(:\\d{2}(\\.\\d+)?)?)");
    private static final Pattern LOOSE_DATE = Pattern.compile("(\\d{4})[-/.](\\d{1,2})[-/.](\\d{1,2})(.*)");
    private static final Pattern LOOSE_AMOUNT =
            Pattern.compile("[-+]?(\\d{1,6})\\s*([a-zA-Z]+)(\\s+ago)?", Pattern.CASE_INSENSITIVE);
    private static final Map<String, ChronoUnit> UNITS = Map.of(
            "m", ChronoUnit.MINUTES,
            "h", ChronoUnit.HOURS,
            "d", ChronoUnit.DAYS,
            "w", ChronoUnit.WEEKS,
            "M", ChronoUnit.MONTHS,
            "y", ChronoUnit.YEARS);
    private static final List<String> WORDS = List.of("now", "today", "yesterday");
    private static final int LONGEST_SECONDS = 11;

    private TimeExpression() {}

    /**
     * The instant that {@code text} stands for.
     *
     * @param zone the zone of dates and times that name none
     */
    public static Optional<Instant> find(String text, ZoneId zone, Instant now) {
        try {
            return Optional.of(parse(text, zone, now));
        } catch (DateTimeException | ArithmeticException notATime) {
            return Optional.empty();
        }
    }

    private static Instant parse(String text, ZoneId zone, Instant now) {
        ZonedDateTime local = now.atZone(zone);
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "now" -> now;
            case "today" -> start(local.toLocalDate(), zone);
            case "yesterday" -> start(local.toLocalDate().minusDays(1), zone);
            default -> parseFigures(text, local);
        };
    }

    private static Instant parseFigures(String text, ZonedDateTime now) {
        ZoneId zone = now.getZone();
        Matcher ago = BEFORE_NOW.matcher(text);
        if (ago.matches()) {
            return now.minus(Long.parseLong(ago.group(1)), UNITS.get(ago.group(2)))
                    .toInstant()
                    .truncatedTo(ChronoUnit.SECONDS);
        }
        if (YEAR.matcher(text).matches()) {
            return start(LocalDate.of(Integer.parseInt(text), 1, 1), zone);
        }
        if (MONTH.matcher(text).matches()) {
            return start(LocalDate.parse(text + "-01"), zone);
        }
        if (NUMBER.matcher(text).matches()) {
            long number = Long.parseLong(text);
            return text.length() > LONGEST_SECONDS ? Instant.ofEpochMilli(number) : Instant.ofEpochSecond(number);
        }
        Matcher local = LOCAL_TIME.matcher(text);
        if (local.matches()) {
            return LocalDateTime.parse(local.group(1) + "T" + local.group(2))
                    .atZone(zone)
                    .toInstant();
        }
        return text.length() == 10
                ? start(LocalDate.parse(text), zone)
                : OffsetDateTime.parse(text.replace(' ', 'T')).toInstant();
    }

    /** What was probably meant by a text that is not a time. */
    public static Optional<String> nearest(String text, ZoneId zone, Instant now) {
        String trimmed = text.strip();
        return Optional.of(trimmed)
                .filter(it -> !it.equals(text))
                .or(() -> date(trimmed))
                .or(() -> amount(trimmed))
                .or(() -> Suggestions.nearest(trimmed, WORDS))
                .filter(meant -> find(meant, zone, now).isPresent());
    }

    private static Optional<String> date(String text) {
        Matcher matcher = LOOSE_DATE.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String rest = matcher.group(4).strip().replaceFirst("^[Tt]", "").toUpperCase(Locale.ROOT);
        if (rest.matches("\\d:.*")) {
            rest = "0" + rest;
        }
        return Optional.of(String.format(
                Locale.ROOT,
                "%s-%02d-%02d%s",
                matcher.group(1),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3)),
                rest.isEmpty() ? "" : "T" + rest));
    }

    private static Optional<String> amount(String text) {
        if (text.matches("-\\d{1,6}")) {
            return Optional.of(text + "d");
        }
        Matcher matcher = LOOSE_AMOUNT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String unit = matcher.group(2);
        String lower = unit.toLowerCase(Locale.ROOT);
        String letter = UNITS.containsKey(unit) ? unit : lower.startsWith("mo") ? "M" : lower.substring(0, 1);
        return UNITS.containsKey(letter) ? Optional.of("-" + matcher.group(1) + letter) : Optional.empty();
    }

    private static Instant start(LocalDate date, ZoneId zone) {
        return date.atStartOfDay(zone).toInstant();
    }
}
