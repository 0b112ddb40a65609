package io.marketbrain.config;

import io.marketbrain.model.SettingRange;
import io.marketbrain.model.cost.RateLimit;
import io.marketbrain.model.text.NumberText;
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
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The type of a setting: parses, checks and formats its values. Immutable.
 *
 * @param allowed which values are valid, in words that follow "must be"
 * @param parse the value of a text that is not empty; throws IllegalArgumentException if the text is invalid
 * @param within whether a value is in its range
 * @param show the text of a value, such that parsing it gives the value again
 * @param ends the lowest and the highest value, if it has a range
 * @param outside values one step below and above that range, which the record that holds the setting must also reject
 */
record SettingType<T>(
        String allowed,
        Function<String, T> parse,
        Predicate<T> within,
        Function<T, String> show,
        List<T> ends,
        List<T> outside) {

    /** An invalid text; the message says why without quoting the text. */
    static final class Invalid extends IllegalArgumentException {
        Invalid(String words) {
            super(words);
        }

        String words() {
            return String.valueOf(getMessage());
        }
    }

    static <T> SettingType<T> of(String allowed, Function<String, T> parse, Function<T, String> show) {
        return new SettingType<>(allowed, parse, _ -> true, show, List.of(), List.of());
    }

    /** The texts of {@link #ends}. */
    List<String> shownEnds() {
        return ends.stream().map(show).toList();
    }

    /** The texts of {@link #outside}. */
    List<String> shownOutside() {
        return outside.stream().map(show).toList();
    }

    /** This type restricted to some of its values. */
    SettingType<T> only(String allowed, Predicate<T> within) {
        return new SettingType<>(allowed, parse, within, show, List.of(), List.of());
    }

    static SettingType<String> text() {
        return of("text", text -> text, text -> text);
    }

    private static <T extends Comparable<T>> SettingType<T> in(
            SettingRange<T> range,
            String noun,
            String examples,
            Function<String, T> parse,
            Function<T, String> show,
            List<T> outside) {
        String words = noun + " from " + show.apply(range.least()) + " to " + show.apply(range.most()) + examples
                + (range.relation().isEmpty() ? "" : ", " + range.relation());
        return new SettingType<>(words, parse, range::contains, show, List.of(range.least(), range.most()), outside);
    }

    static SettingType<Integer> integer(SettingRange<Integer> range) {
        return in(range, "a whole number", "", NumberText::parseInt, String::valueOf, around(range));
    }

    private static List<Integer> around(SettingRange<Integer> range) {
        return range.most() == Integer.MAX_VALUE
                ? List.of(range.least() - 1)
                : List.of(range.least() - 1, range.most() + 1);
    }

    static SettingType<BigDecimal> decimal(SettingRange<BigDecimal> range) {
        BigDecimal step = new BigDecimal("0.001");
        return in(
                range,
                "a number",
                "",
                NumberText::parseDecimal,
                BigDecimal::toPlainString,
                List.of(range.least().subtract(step), range.most().add(step)));
    }

    /** A floating-point number for calculations; not for amounts of money. */
    static SettingType<Double> number(SettingRange<Double> range) {
        return in(
                range,
                "a number",
                "",
                text -> NumberText.parseDecimal(text).doubleValue(),
                value -> BigDecimal.valueOf(value).stripTrailingZeros().toPlainString(),
                List.of(range.least() - 0.001, range.most() + 0.001));
    }

    /** A duration: {@code 500ms}, {@code 2s}, {@code 2.5}, {@code 5m}, {@code 1h}, {@code 1d}; bare numbers are seconds. */
    static SettingType<Duration> duration(SettingRange<Duration> range) {
        return in(
                range,
                "a time",
                ", such as 500ms, 2s, 5m or 1h",
                QuantityFormat::duration,
                QuantityFormat::show,
                List.of(range.least().minusMillis(1), range.most().plusMillis(1)));
    }

    /** A rate limit, of weight: {@code 55/1m} for 55 in any minute; whole seconds, at least one. */
    static SettingType<RateLimit> rate() {
        return of(
                "an amount and a time, such as 55/1m",
                text -> {
                    String[] parts = text.split("/", -1);
                    if (parts.length != 2) {
                        throw new IllegalArgumentException();
                    }
                    Duration per = QuantityFormat.duration(parts[1].strip());
                    if (!per.equals(Duration.ofSeconds(per.toSeconds()))) {
                        throw new IllegalArgumentException();
                    }
                    return new RateLimit(Integer.parseInt(parts[0].strip()), per, RateLimit.Counts.WEIGHT);
                },
                rate -> rate.amount() + "/" + QuantityFormat.show(rate.per()));
    }

    /** A number of bytes: {@code 512}, {@code 64KiB}, {@code 8MiB}. */
    static SettingType<Long> bytes(SettingRange<Long> range) {
        return in(
                range,
                "a size",
                ", such as 64KiB or 8MiB",
                QuantityFormat::bytes,
                QuantityFormat::showBytes,
                List.of(range.least() - 1, range.most() + 1));
    }

    /** A number of bytes that an array can have. */
    static SettingType<Integer> arrayBytes(SettingRange<Integer> range) {
        return in(
                range,
                "a size",
                ", such as 64KiB or 8MiB",
                text -> {
                    long bytes = QuantityFormat.bytes(text);
                    if (bytes != (int) bytes) {
                        throw new IllegalArgumentException();
                    }
                    return (int) bytes;
                },
                bytes -> QuantityFormat.showBytes(bytes),
                around(range));
    }

    static SettingType<Boolean> flag() {
        return of(
                "true or false",
                text -> switch (text.toLowerCase(Locale.ROOT)) {
                    case "true", "yes", "on", "1" -> true;
                    case "false", "no", "off", "0" -> false;
                    default -> throw new IllegalArgumentException();
                },
                String::valueOf);
    }

    /** One of an enum's constants by {@code name}, ignoring case. */
    static <E extends Enum<E>> SettingType<E> choice(Class<E> type, Function<E, String> name) {
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
    static <T> SettingType<List<T>> list(SettingType<T> item) {
        return new SettingType<>(
                "a list, separated by commas, each " + item.allowed,
                text -> Arrays.stream(text.split(",", -1))
                        .map(String::strip)
                        .filter(part -> !part.isEmpty())
                        .map(item.parse)
                        .toList(),
                list -> list.stream().allMatch(item.within),
                list -> list.stream().map(item.show).collect(Collectors.joining(",")),
                List.of(),
                item.outside.stream().map(List::of).toList());
    }

    static SettingType<Path> path() {
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
    static SettingType<URI> webAddress() {
        return address("an address such as https://api.example.com", Set.of("http", "https"));
    }

    static SettingType<URI> feedAddress() {
        return address("an address such as wss://feed.example.com", Set.of("ws", "wss"));
    }

    private static SettingType<URI> address(String expected, Set<String> schemes) {
        return of(
                expected,
                text -> {
                    try {
                        URI uri = new URI(text);
                        boolean known = uri.getScheme() != null
                                && schemes.contains(uri.getScheme().toLowerCase(Locale.ROOT));
                        if (known
                                && uri.getHost() != null
                                && uri.getRawUserInfo() == null
                                && uri.getRawQuery() == null) {
                            return uri;
                        }
                        throw new IllegalArgumentException();
                    } catch (URISyntaxException e) {
                        throw new IllegalArgumentException(e);
                    }
                },
                URI::toString);
    }

    static SettingType<Secret> secret() {
        return of("a credential", text -> Secret.of(text).orElseThrow(IllegalArgumentException::new), Secret::toString);
    }
}
