package io.marketbrain.provider.recording;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a recorded response answers a request for another range of time: only if both requests have the same parameters
 * except for times, the recorded range contains the requested one, and neither limits the number of records, because such a
 * response may have been cut inside the requested range. What lies outside the range is removed by the normalisation. Pure.
 */
final class TimeRangePolicy {
    private static final Set<String> STARTS =
            Set.of("starttime", "start", "since", "from", "start_time", "start_date", "date_from", "period1");
    private static final Set<String> ENDS =
            Set.of("endtime", "end", "until", "to", "end_time", "end_date", "date_to", "period2");
    private static final Set<String> COUNTS =
            Set.of("limit", "count", "size", "num", "n", "outputsize", "page_size", "per_page", "rows", "top");

    private static final long FIRST_MILLIS = 100_000_000_000L;
    private static final long FIRST_MICROS = 100_000_000_000_000L;
    private static final long FIRST_NANOS = 100_000_000_000_000_000L;

    private TimeRangePolicy() {}

    static boolean contains(RequestKey recorded, RequestKey asked) {
        if (!recorded.method().equals(asked.method())
                || !recorded.path().equals(asked.path())
                || !recorded.body().equals(asked.body())
                || !recorded.parameters().keySet().equals(asked.parameters().keySet())) {
            return false;
        }
        for (Map.Entry<String, String> parameter : asked.parameters().entrySet()) {
            String name = parameter.getKey().toLowerCase(Locale.ROOT);
            String value = parameter.getValue();
            String known = recorded.parameters().getOrDefault(parameter.getKey(), "");
            boolean holds = STARTS.contains(name)
                    ? inOrder(known, value)
                    : ENDS.contains(name) ? inOrder(value, known) : !COUNTS.contains(name) && value.equals(known);
            if (!holds) {
                return false;
            }
        }
        return true;
    }

    private static boolean inOrder(String earlier, String later) {
        Optional<Instant> first = findTime(earlier);
        Optional<Instant> second = findTime(later);
        return first.isPresent() && second.isPresent() && !first.get().isAfter(second.get());
    }

    /** Seconds, milliseconds, microseconds or nanoseconds since 1970, by their size, or ISO 8601. */
    static Optional<Instant> findTime(String text) {
        try {
            if (!text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
                long number = Long.parseLong(text);
                return Optional.of(
                        number < FIRST_MILLIS
                                ? Instant.ofEpochSecond(number)
                                : number < FIRST_MICROS
                                        ? Instant.ofEpochMilli(number)
                                        : number < FIRST_NANOS
                                                ? Instant.ofEpochSecond(0, number * 1000)
                                                : Instant.ofEpochSecond(0, number));
            }
            return Optional.of(
                    text.length() == "2026-01-01".length()
                            ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                            : Instant.parse(text));
        } catch (DateTimeException | NumberFormatException e) {
            return Optional.empty();
        }
    }
}
