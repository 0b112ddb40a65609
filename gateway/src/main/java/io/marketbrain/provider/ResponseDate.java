package io.marketbrain.provider;

import io.marketbrain.pipeline.ProviderClock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** The time of a response by its provider's clock, where it is plausible. Pure. */
final class ResponseDate {
    private static final int MAX_AGE_DIGITS = 9;

    private ResponseDate() {}

    /** {@code Date} plus, where a cache in between kept the response, {@code Age} (RFC 9111, 4.2.3); empty if absent, invalid or too far from the gateway's clock. */
    static Optional<Instant> find(RawPayload raw) {
        return findUnchecked(raw).filter(time -> ProviderClock.isPlausible(Duration.between(raw.receivedAt(), time)));
    }

    /** When the response was made, which a cache in between may have kept since: {@code Date} without {@code Age}. */
    static Optional<Instant> findMade(RawPayload raw) {
        return find(raw).map(now -> now.minus(age(raw)));
    }

    /** The same time, however far from the gateway's clock: for comparison with other instants in the same response. */
    static Optional<Instant> findUnchecked(RawPayload raw) {
        Optional<String> date = raw.findHeader("date");
        if (date.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(ZonedDateTime.parse(date.get().strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant()
                    .plus(age(raw)));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static Duration age(RawPayload raw) {
        String age = raw.findHeader("age").orElse("").strip();
        boolean number =
                !age.isEmpty() && age.length() <= MAX_AGE_DIGITS && age.chars().allMatch(c -> c >= '0' && c <= '9');
        return number ? Duration.ofSeconds(Long.parseLong(age)) : Duration.ZERO;
    }
}
