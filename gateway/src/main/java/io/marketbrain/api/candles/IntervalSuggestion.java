package io.marketbrain.api.candles;

import io.marketbrain.model.Interval;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The interval that a caller probably meant by another spelling of its length, such as {@code 60m} or {@code 1H}. Pure. */
final class IntervalSuggestion {
    private static final Pattern LENGTH = Pattern.compile("([0-9]{1,6})([a-zA-Z]{1,7})");
    private static final Map<String, Long> SECONDS = Map.ofEntries(
            Map.entry("s", 1L),
            Map.entry("sec", 1L),
            Map.entry("m", 60L),
            Map.entry("min", 60L),
            Map.entry("h", 3600L),
            Map.entry("hour", 3600L),
            Map.entry("d", 86_400L),
            Map.entry("day", 86_400L),
            Map.entry("w", 604_800L),
            Map.entry("week", 604_800L),
            Map.entry("mo", Interval.MO1.length().toSeconds()),
            Map.entry("month", Interval.MO1.length().toSeconds()));

    private IntervalSuggestion() {}

    /** The end of a message about {@code text}; empty if there is nothing to suggest. */
    static String of(String text) {
        Matcher parts = LENGTH.matcher(text);
        Long unit = parts.matches() ? SECONDS.get(parts.group(2).toLowerCase(Locale.ROOT)) : null;
        if (unit == null) {
            return "";
        }
        long seconds = Long.parseLong(parts.group(1)) * unit;
        return Arrays.stream(Interval.values())
                .filter(interval -> interval.length().toSeconds() == seconds)
                .findFirst()
                .map(interval -> "; did you mean " + interval.wire() + "?")
                .orElse("");
    }
}
