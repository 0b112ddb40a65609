package io.marketbrain.provider;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How long a provider asks not to be called, within bounds. Instants are measured by the {@code Date} of the same response,
 * because the gateway's clock may be wrong; one that is past by the gateway's clock alone says nothing. Pure.
 */
public final class RequestedWait {
    /** The shortest wait: {@code Retry-After: 0} is no permission to send all retries within a second. */
    public static final Duration SHORTEST = Duration.ofSeconds(1);

    /** The shortest wait of a ban, whatever the response says: Binance's shortest, and calls during a ban prolong it. */
    public static final Duration SHORTEST_BAN = Duration.ofMinutes(2);

    /** The longest wait, in case a provider names an absurd one. */
    public static final Duration LONGEST = Duration.ofDays(7);

    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,50}(\\.[0-9]{1,9})?");

    /** In seconds: 31 years, which no delay takes. From here on a number is an instant, in seconds since 1970. */
    private static final BigDecimal FIRST_INSTANT = new BigDecimal(1_000_000_000L);

    /** From here on a number is an instant in milliseconds; in seconds it would be the year 5138. */
    private static final BigDecimal FIRST_MILLIS = new BigDecimal(100_000_000_000L);

    private RequestedWait() {}

    /** The delay in {@code Retry-After}: seconds, an HTTP date (RFC 9110, 10.2.3) or seconds since 1970; null if there is none or it is invalid. */
    public static @Nullable Duration retryAfter(RawPayload raw) {
        String text = raw.findHeader("retry-after").orElse("").strip();
        if (SECONDS.matcher(text).matches()) {
            BigDecimal number = new BigDecimal(text);
            return number.compareTo(FIRST_INSTANT) < 0 ? ofSeconds(number) : until(raw, instant(number));
        }
        try {
            return until(
                    raw,
                    ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    /** The time until {@code end}; null if that is past and the response does not say what time it is there. */
    public static @Nullable Duration until(RawPayload raw, Instant end) {
        Optional<Instant> date = ResponseDate.findUnchecked(raw);
        Duration left = Duration.between(date.orElse(raw.receivedAt()), end);
        return left.isPositive() || date.isPresent() ? bounded(left) : null;
    }

    /** The wait of a ban of which a response says {@code named}, or nothing. */
    public static Duration ofBan(@Nullable Duration named) {
        return named == null || named.compareTo(SHORTEST_BAN) < 0 ? SHORTEST_BAN : named;
    }

    private static Duration ofSeconds(BigDecimal seconds) {
        return bounded(Duration.ofMillis(
                seconds.movePointRight(3).setScale(0, RoundingMode.UP).longValueExact()));
    }

    private static Instant instant(BigDecimal number) {
        BigDecimal millis = number.compareTo(FIRST_MILLIS) < 0 ? number.movePointRight(3) : number;
        return Instant.ofEpochMilli(
                millis.min(BigDecimal.valueOf(Long.MAX_VALUE)).longValue());
    }

    private static Duration bounded(Duration wait) {
        if (wait.compareTo(SHORTEST) < 0) {
            return SHORTEST;
        }
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }
}
