package io.marketbrain.api.request;

import io.marketbrain.api.rendering.EchoedText;
import io.marketbrain.model.text.NumberText;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Reads query parameters strictly: an unknown name, a repeated one, or a value out of range is rejected with the field,
 * its value and what is allowed. Only a parameter that is read as a list may be repeated.
 */
public final class Parameters {
    public static final Instant EARLIEST = Instant.parse("1980-01-01T00:00:00Z");
    public static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");

    private final Request request;

    private Parameters(Request request) {
        this.request = request;
    }

    /** Reads the parameters of a request, which may only have the {@code known} names, each at most once. */
    public static Parameters of(Request request, String... known) throws RequestRejected {
        return of(request, "", known);
    }

    /** Like {@link #of}, but the parameter {@code list}, one of the known names, may be repeated. */
    public static Parameters withList(Request request, String list, String... known) throws RequestRejected {
        return of(request, list, known);
    }

    /** Reads the parameters of a client of another API: unknown names are ignored, of a repeated one the first counts. */
    public static Parameters lenient(Request request) {
        return new Parameters(request);
    }

    private static Parameters of(Request request, String list, String[] known) throws RequestRejected {
        if (request.query().isEmpty()) {
            return new Parameters(request);
        }
        Set<String> names = Set.of(known);
        for (var parameter : request.query().entrySet()) {
            if (!names.contains(parameter.getKey())) {
                throw UnknownParameter.rejection(
                        parameter.getKey(), parameter.getValue().getFirst(), known);
            }
            if (parameter.getValue().size() > 1 && !parameter.getKey().equals(list)) {
                throw RequestRejected.invalid(
                        parameter.getKey(), EchoedText.of(String.join(", ", parameter.getValue())), "give it once");
            }
        }
        return new Parameters(request);
    }

    public Optional<String> find(String name) {
        return Optional.ofNullable(request.query().get(name)).map(List::getFirst);
    }

    /** All values of a repeatable parameter, in the order of the request. */
    public List<String> all(String name) {
        return request.query().getOrDefault(name, List.of());
    }

    public int integer(String name, int otherwise, int min, int max) throws RequestRejected {
        Optional<String> text = find(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            int value = NumberText.parseInt(text.get());
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            // falls through to the one message for every wrong value
        }
        throw RequestRejected.invalid(name, EchoedText.of(text.get()), "a whole number from " + min + " to " + max);
    }

    /** A duration given in seconds, fractions allowed. */
    public Duration seconds(String name, Duration otherwise, Duration min, Duration max) throws RequestRejected {
        Optional<String> text = find(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        String digits = text.get();
        boolean plain = !digits.isEmpty()
                && digits.length() <= 12
                && digits.chars().allMatch(c -> (c >= '0' && c <= '9') || c == '.');
        try {
            if (plain) {
                Duration value = Duration.ofNanos(
                        new BigDecimal(digits).movePointRight(9).longValue());
                if (value.compareTo(min) >= 0 && value.compareTo(max) <= 0) {
                    return value;
                }
            }
        } catch (NumberFormatException e) {
            // falls through to the one message for every wrong value
        }
        throw RequestRejected.invalid(
                name, EchoedText.of(digits), "a number of seconds from " + inSeconds(min) + " to " + inSeconds(max));
    }

    public boolean flag(String name) throws RequestRejected {
        Optional<String> text = find(name);
        if (text.isEmpty() || text.get().equals("false")) {
            return false;
        }
        if (text.get().equals("true")) {
            return true;
        }
        throw RequestRejected.invalid(name, EchoedText.of(text.get()), "true or false");
    }

    /**
     * The value of {@code name} as {@code reader} reads it, or {@code otherwise} if it is absent.
     *
     * @param allowed the valid values, in words, for a given invalid one
     */
    public <T> T oneOf(String name, T otherwise, Function<String, Optional<T>> reader, UnaryOperator<String> allowed)
            throws RequestRejected {
        Optional<String> text = find(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        Optional<T> value = reader.apply(text.get());
        if (value.isEmpty()) {
            throw RequestRejected.invalid(name, EchoedText.of(text.get()), "one of " + allowed.apply(text.get()));
        }
        return value.get();
    }

    /** An RFC 3339 instant, a date (midnight UTC), or seconds or milliseconds since the epoch. */
    public Optional<Instant> instant(String name) throws RequestRejected {
        Optional<String> text = find(name);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Optional<Instant> instant = findInstant(text.get());
        if (instant.isPresent()) {
            return instant;
        }
        throw RequestRejected.invalid(
                name,
                EchoedText.of(text.get()),
                "an RFC 3339 time such as 2024-02-21T09:00:00Z, a date, or epoch seconds or milliseconds,"
                        + " from 1980 to 2100" + TimeSuggestion.of(text.get()));
    }

    /** The instant that a text names in one of the forms that parameters have; empty if it is none from 1980 to 2100. */
    public static Optional<Instant> findInstant(String text) {
        try {
            return Optional.of(parseInstant(text)).filter(Parameters::isPlausible);
        } catch (DateTimeException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** An instant that is not in the future. */
    public Optional<Instant> past(String name, InstantSource clock) throws RequestRejected {
        Optional<Instant> at = instant(name);
        if (at.isPresent() && at.get().isAfter(clock.instant())) {
            throw RequestRejected.invalid(name, EchoedText.of(at.get().toString()), "a time that is not in the future");
        }
        return at;
    }

    /** Whether {@code instant} is within the supported years, 1980 to 2100. */
    static boolean isPlausible(Instant instant) {
        return !instant.isBefore(EARLIEST) && instant.isBefore(LATEST);
    }

    /** A time range, {@code from} inclusive to {@code to} exclusive; null where it is open. */
    public record Range(@Nullable Instant from, @Nullable Instant to) {}

    /** The range given by {@code from} and {@code to}, either of which may be missing. */
    public Range range() throws RequestRejected {
        Instant from = instant("from").orElse(null);
        Instant to = instant("to").orElse(null);
        if (from != null && to != null && !from.isBefore(to)) {
            throw RequestRejected.invalid("from", from.toString(), "must be before to (" + to + ")");
        }
        return new Range(from, to);
    }

    /** A text of at most {@code max} characters without control characters; empty if missing. */
    public String text(String name, int max) throws RequestRejected {
        String text = find(name).orElse("");
        if (text.length() > max || text.chars().anyMatch(Character::isISOControl)) {
            throw RequestRejected.invalid(
                    name, EchoedText.of(text), "up to " + max + " characters without control characters");
        }
        return text;
    }

    private static Instant parseInstant(String text) {
        if (text.length() <= 13 && !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            long number = Long.parseLong(text);
            return text.length() > 11 ? Instant.ofEpochMilli(number) : Instant.ofEpochSecond(number);
        }
        if (text.length() == 10) {
            return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        }
        // A plus sign that was not percent-encoded arrives as a space.
        return OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
    }

    private static String inSeconds(Duration duration) {
        return BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros().toPlainString();
    }
}
