package io.marketbrain.provider.drift;

import io.marketbrain.json.JsonKind;
import io.marketbrain.provider.drift.JsonTree.Leaf;
import io.marketbrain.provider.drift.TreePaths.Slot;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A recorded body with other values in it: what a provider may send without changing its interface. */
public final class BodyVariants {
    private static final Pattern DECIMAL = Pattern.compile("(0|[1-9]\\d*)\\.\\d+");
    /** A date or a code, which is data and not the name of a field. */
    private static final Pattern DATA_NAME = Pattern.compile("\\d.*|[A-Z0-9]{3,}");
    /** What may be a short code, if all names beside it are such, or else the short name of a field. */
    private static final Pattern SHORT_NAME = Pattern.compile("[A-Z0-9]+");

    private static final String TWENTY_DIGITS = "01234567890123456789";

    private final Object tree;
    private final TreePaths paths;

    private BodyVariants(RecordedBody recorded) {
        this.tree = JsonTree.parse(recorded.body());
        this.paths = new ShapeLearner(recorded).paths();
    }

    /**
     * A body with one value changed.
     *
     * @param value the value in its place
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Variant(String path, String value, byte[] body) {
        @Override
        public String toString() {
            return path + " = " + value;
        }
    }

    public static BodyVariants of(RecordedBody recorded) {
        return new BodyVariants(recorded);
    }

    /** A JSON document written by another program: its members by name, or white space between all of its parts. */
    public static Stream<byte[]> rewritten(byte[] body) {
        Object tree = JsonTree.parse(body);
        return Stream.of(JsonTree.write(sorted(tree)), JsonTree.spaced(tree));
    }

    private static Object sorted(Object tree) {
        if (tree instanceof Map<?, ?> members) {
            Map<String, Object> sorted = new TreeMap<>();
            members.forEach((name, value) -> sorted.put((String) name, sorted(value)));
            return sorted;
        }
        return tree instanceof List<?> items
                ? items.stream().map(BodyVariants::sorted).toList()
                : tree;
    }

    /** One decimal of each field with twenty more digits. */
    public Stream<Variant> longDecimals() {
        return decimals(text -> text + TWENTY_DIGITS);
    }

    /** One decimal of each field in scientific notation. */
    public Stream<Variant> scientific() {
        return decimals(text -> {
            var decimal = new BigDecimal(text);
            return decimal.unscaledValue() + "E-" + decimal.scale();
        });
    }

    /** One decimal of each field below zero. */
    public Stream<Variant> negative() {
        return decimals(text -> "-" + text);
    }

    /** One decimal of each field as zero. */
    public Stream<Variant> zero() {
        return decimals(_ -> "0");
    }

    private Stream<Variant> decimals(UnaryOperator<String> change) {
        List<Variant> variants = new ArrayList<>();
        for (String path : paths.paths(tree)) {
            Object copy = JsonTree.copy(tree);
            for (Slot slot : paths.slots(copy).get(path)) {
                if (slot.value() instanceof Leaf(JsonKind kind, String text)
                        && DECIMAL.matcher(text).matches()) {
                    String changed = change.apply(text);
                    slot.set(new Leaf(kind, changed));
                    variants.add(new Variant(path, changed, JsonTree.write(copy)));
                    break;
                }
            }
        }
        return variants.stream();
    }

    /** A member that nobody knows, in every object whose members are fields; empty if there is no such object. */
    public Optional<byte[]> withUnknownMembers() {
        Object copy = JsonTree.copy(tree);
        addMember("", copy);
        byte[] body = JsonTree.write(copy);
        return Arrays.equals(body, JsonTree.write(tree)) ? Optional.empty() : Optional.of(body);
    }

    private void addMember(String path, Object value) {
        if (value instanceof Map<?, ?>) {
            Map<String, Object> members = JsonTree.members(value);
            members.forEach((name, child) -> addMember(path + paths.step(path, name), child));
            boolean data = members.keySet().stream()
                            .anyMatch(name -> paths.step(path, name).equals(".*")
                                    || DATA_NAME.matcher(name).matches())
                    || (!members.isEmpty()
                            && members.keySet().stream()
                                    .allMatch(name -> SHORT_NAME.matcher(name).matches()));
            if (!data) {
                members.put("x_added_later", new Leaf(JsonKind.TEXT, "1"));
            }
        } else if (value instanceof List<?> items && !TreePaths.isRow(items)) {
            items.forEach(item -> addMember(path + "[]", item));
        }
    }

    /** Every list of rows the other way round. */
    public byte[] reversed() {
        return rearranged(rows -> rows.reversed());
    }

    /** Every list of rows with its first row a second time. */
    public byte[] repeated() {
        return rearranged(rows -> {
            var more = new ArrayList<>(rows);
            more.add(0, rows.getFirst());
            return more;
        });
    }

    private byte[] rearranged(UnaryOperator<List<Object>> change) {
        return JsonTree.write(rearranged(tree, change));
    }

    private static Object rearranged(Object value, UnaryOperator<List<Object>> change) {
        if (value instanceof Map<?, ?>) {
            Object copy = JsonTree.copy(value);
            JsonTree.members(copy).replaceAll((_, child) -> rearranged(child, change));
            return copy;
        }
        boolean rows = value instanceof List<?> items && !items.isEmpty() && !TreePaths.isRow(items);
        return rows ? change.apply(JsonTree.items(value)) : value;
    }
}
