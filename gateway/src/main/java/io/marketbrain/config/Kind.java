package io.marketbrain.config;

import io.marketbrain.security.Secret;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A kind of value: which texts it takes and what they mean. Immutable.
 *
 * @param allowed which values are valid, in words that follow "must be"
 * @param parse the value of a text that is not empty; throws IllegalArgumentException where it has none
 * @param within whether a value is in its range
 * @param show the text of a value, such that parsing it gives the value again
 * @param senseless values below the range, which the record that takes them must refuse by itself too
 */
record Kind<T>(
        String allowed, Function<String, T> parse, Predicate<T> within, Function<T, String> show, List<T> senseless) {

    /** A text that is no value, and why, in words for its writer that do not repeat the text. */
    static final class Invalid extends IllegalArgumentException {
        Invalid(String words) {
            super(words);
        }

        String words() {
            return String.valueOf(getMessage());
        }
    }

    static <T> Kind<T> of(String allowed, Function<String, T> parse, Function<T, String> show) {
        return new Kind<>(allowed, parse, _ -> true, show, List.of());
    }

    /** This kind without some of its values. */
    Kind<T> only(String allowed, Predicate<T> within) {
        return new Kind<>(allowed, parse, within, show, List.of());
    }

    static Kind<String> text() {
        return of("text", text -> text, text -> text);
    }

    static Kind<Integer> integer(int least, int most) {
        return new Kind<>(
                "a whole number from " + least + " to " + most,
                Integer::valueOf,
                value -> value >= least && value <= most,
                String::valueOf,
                least == Integer.MIN_VALUE ? List.of() : List.of(least - 1));
    }

    static Kind<BigDecimal> decimal(String least, String most) {
        return new Kind<>(
                "a number from " + least + " to " + most,
                BigDecimal::new,
                value -> lies(value, new BigDecimal(least), new BigDecimal(most)),
                BigDecimal::toPlainString,
                List.of(new BigDecimal(least).subtract(new BigDecimal("0.001"))));
    }

    /** A length of time: {@code 500ms}, {@code 2s}, {@code 2.5}, {@code 5m}, {@code 1h}, {@code 1d}; bare numbers are seconds. */
    static Kind<Duration> duration(Duration least, Duration most) {
        return new Kind<>(
                "a time from " + Quantities.show(least) + " to " + Quantities.show(most)
                        + ", such as 500ms, 2s, 5m or 1h",
                Quantities::duration,
                value -> lies(value, least, most),
                Quantities::show,
                List.of(least.minusMillis(1)));
    }

    /** A number of bytes: {@code 512}, {@code 64KiB}, {@code 8MiB}. */
    static Kind<Long> bytes(long least, long most) {
        return new Kind<>(
                "a size from " + Quantities.showBytes(least) + " to " + Quantities.showBytes(most)
                        + ", such as 64KiB or 8MiB",
                Quantities::bytes,
                value -> lies(value, least, most),
                Quantities::showBytes,
                List.of(least == 0 ? -1L : 0L));
    }

    static Kind<Boolean> flag() {
        return of(
                "true or false",
                text -> switch (text.toLowerCase(Locale.ROOT)) {
                    case "true", "yes", "on", "1" -> true;
                    case "false", "no", "off", "0" -> false;
                    default -> throw new IllegalArgumentException();
                },
                String::valueOf);
    }

    /** One of an enum's constants by {@code name}, whatever its case. */
    static <E extends Enum<E>> Kind<E> choice(Class<E> type, Function<E, String> name) {
        E[] constants = type.getEnumConstants();
        String names = Arrays.stream(constants).map(name).collect(Collectors.joining(", "));
        return of(
                "one of " + names,
                text -> Arrays.stream(constants)
                        .filter(constant -> name.apply(constant).equalsIgnoreCase(text))
                        .findFirst()
                        .orElseThrow(IllegalArgumentException::new),
                name);
    }

    /** Several values, separated by commas. */
    static <T> Kind<List<T>> list(Kind<T> item) {
        return new Kind<>(
                "a list, separated by commas, each " + item.allowed,
                text -> Arrays.stream(text.split(",", -1))
                        .map(String::strip)
                        .filter(part -> !part.isEmpty())
                        .map(item.parse)
                        .toList(),
                list -> list.stream().allMatch(item.within),
                list -> list.stream().map(item.show).collect(Collectors.joining(",")),
                item.senseless.stream().map(List::of).toList());
    }

    static Kind<Path> path() {
        return of(
                "a path",
                text -> {
                    try {
                        return Path.of(text);
                    } catch (InvalidPathException e) {
                        throw new IllegalArgumentException(e);
                    }
                },
                Path::toString);
    }

    /** The address of a web service: {@code http} or {@code https}, no user, no query. */
    static Kind<URI> webAddress() {
        return of(
                "an address such as https://api.example.com",
                text -> {
                    try {
                        URI uri = new URI(text);
                        boolean web =
                                "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
                        if (web && uri.getHost() != null && uri.getRawUserInfo() == null && uri.getRawQuery() == null) {
                            return uri;
                        }
                        throw new IllegalArgumentException();
                    } catch (URISyntaxException e) {
                        throw new IllegalArgumentException(e);
                    }
                },
                URI::toString);
    }

    static Kind<Secret> secret() {
        return of("a credential", text -> Secret.of(text).orElseThrow(IllegalArgumentException::new), Secret::toString);
    }

    private static <N extends Comparable<N>> boolean lies(N value, N least, N most) {
        return value.compareTo(least) >= 0 && value.compareTo(most) <= 0;
    }
}
