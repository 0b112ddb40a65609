package io.marketbrain.cli.providers;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The address that a provider is asked for a query, to compare with the one that a saved response came from. Hosts do not count,
 * nor do punctuation and case, but for minutes ({@code 1m}) and months ({@code 1M}). Immutable.
 *
 * @param names what the query is about, as the provider spells it: a symbol and its currencies, the id of a series and its parts
 */
record RequestAddress(SampleAddress address, Set<String> names) {
    private static final Pattern MARKS = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Pattern NUMBER_OR_DATE = Pattern.compile("[0-9][0-9.:TZ-]*");

    /** A number of minutes, which differs from one of months in case only. */
    private static final Pattern MINUTES = Pattern.compile("(?<![\\p{L}\\p{N}])([0-9]{1,3})m(?![\\p{L}\\p{N}])");

    private static final Pattern LIST = Pattern.compile("[,;|]");

    /** From this length on, a name is recognised in the middle of a word. */
    private static final int LONG_NAME = 4;

    RequestAddress {
        names = names.stream()
                .map(RequestAddress::plain)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toSet());
    }

    /**
     * A segment of a path or a parameter.
     *
     * @param name of a segment, its place in the path
     * @param value in capitals, without punctuation
     */
    private record Part(boolean isSegment, String name, String value) {
        static List<Part> of(SampleAddress address) {
            List<Part> parts = new ArrayList<>();
            segments(address).forEach(one -> parts.add(new Part(true, String.valueOf(parts.size()), plain(one))));
            address.parameters().forEach((name, value) -> parts.add(new Part(false, name, plain(value))));
            return parts;
        }

        boolean hasValueOf(Part other) {
            return value.equals(other.value);
        }

        boolean isInPlaceOf(Part other) {
            return isSegment == other.isSegment && name.equals(other.name);
        }

        boolean beginsWith(Part other) {
            return isInPlaceOf(other) && !other.value.isEmpty() && value.startsWith(other.value);
        }
    }

    /**
     * How much of the request another address has; greater is more alike.
     *
     * @param alsoCalled whether a text is another name of what this one is about
     */
    int likeness(SampleAddress other, Predicate<String> alsoCalled) {
        List<Part> own = Part.of(address);
        List<Part> others = Part.of(other);
        other.parameters()
                .forEach((name, value) -> LIST.splitAsStream(value)
                        .filter(one -> !one.equals(value))
                        .forEach(one -> others.add(new Part(false, name, plain(one)))));
        return 4 * removeAlike(own, others, Part::equals)
                + 3
                        * removeAlike(
                                own,
                                others,
                                (one, two) ->
                                        one.isInPlaceOf(two) && names.contains(one.value) && alsoCalled.test(two.value))
                + 3 * removeAlike(own, others, (one, two) -> one.hasValueOf(two) && !(isNamed(one) && two.isSegment))
                + 2 * removeAlike(own, others, Part::hasValueOf)
                + removeAlike(own, others, Part::beginsWith)
                - own.size();
    }

    /** Whether a segment is what the query is about, which is not in other places of a path by chance. */
    private boolean isNamed(Part part) {
        return part.isSegment && names.contains(part.value);
    }

    /** Removes each part that is like one of the others, and that one. Returns how many they are. */
    private static int removeAlike(List<Part> parts, List<Part> others, BiPredicate<Part, Part> alike) {
        int before = parts.size();
        parts.removeIf(part -> others.stream()
                .filter(other -> alike.test(part, other))
                .findFirst()
                .map(others::remove)
                .orElse(false));
        return before - parts.size();
    }

    /** Whether it is the same path. */
    boolean isAt(SampleAddress other) {
        return String.join("/", segments(address)).equalsIgnoreCase(String.join("/", segments(other)));
    }

    /** Whether another address has the same path, but for what the query is about, numbers and dates. */
    boolean hasPathOf(SampleAddress other) {
        List<String> own = segments(address);
        List<String> others = segments(other);
        return own.size() == others.size()
                && IntStream.range(0, own.size())
                        .allMatch(i -> own.get(i).equalsIgnoreCase(others.get(i))
                                || (isNumber(own.get(i)) && isNumber(others.get(i)))
                                || isName(own.get(i)));
    }

    /**
     * Whether another address is about something else, by a parameter of the same name or by the same path.
     *
     * @param alsoCalled whether a text is another name of what this one is about
     */
    boolean isOfAnother(SampleAddress other, Predicate<String> alsoCalled) {
        List<String> own = segments(address);
        List<String> others = segments(other);
        boolean byPath = hasPathOf(other)
                && IntStream.range(0, own.size()).anyMatch(i -> differs(own.get(i), others.get(i), alsoCalled));
        return byPath
                || address.parameters().entrySet().stream()
                        .anyMatch(each -> differs(
                                each.getValue(), other.parameters().getOrDefault(each.getKey(), ""), alsoCalled));
    }

    private boolean differs(String own, String other, Predicate<String> alsoCalled) {
        return isName(own)
                && !other.isEmpty()
                && !includes(other, own)
                && LIST.splitAsStream(other)
                        .noneMatch(one -> plain(own).equals(plain(one))
                                || (own.length() >= LONG_NAME && one.startsWith(own + "_"))
                                || words(own).anyMatch(plain(one)::equals)
                                || alsoCalled.test(one));
    }

    /** Whether the key of several series, such as {@code M.*.EUR+USD}, has the key of one among them. */
    private static boolean includes(String several, String one) {
        List<String> parts = List.of(several.split("\\.", -1));
        List<String> own = List.of(one.split("\\.", -1));
        return parts.size() == own.size()
                && IntStream.range(0, own.size())
                        .allMatch(i -> parts.get(i).isEmpty()
                                || parts.get(i).equals("*")
                                || List.of(parts.get(i).split("\\+", -1)).contains(own.get(i)));
    }

    /** Whether a part of the request is what the query is about, or has one of its names in it. */
    private boolean isName(String value) {
        String plain = plain(value);
        return words(value).anyMatch(names::contains)
                || names.stream()
                        .anyMatch(name -> name.equals(plain) || (name.length() >= LONG_NAME && plain.contains(name)));
    }

    private static Stream<String> words(String value) {
        return MARKS.splitAsStream(value).map(RequestAddress::plain);
    }

    private static boolean isNumber(String segment) {
        return NUMBER_OR_DATE.matcher(segment).matches();
    }

    private static List<String> segments(SampleAddress address) {
        return Stream.of(address.path().split("/", -1))
                .filter(segment -> !segment.isEmpty())
                .toList();
    }

    private static String plain(String text) {
        String told = MINUTES.matcher(text).replaceAll("$1min");
        return MARKS.matcher(told).replaceAll("").toUpperCase(Locale.ROOT);
    }
}
