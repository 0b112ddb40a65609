package io.marketbrain.provider.drift;

import io.marketbrain.json.JsonKind;
import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.json.MemberFinder;
import io.marketbrain.provider.drift.Shape.Column;
import io.marketbrain.provider.drift.Shape.Columns;
import io.marketbrain.provider.drift.Shape.Items;
import io.marketbrain.provider.drift.Shape.Member;
import io.marketbrain.provider.drift.Shape.Members;
import io.marketbrain.provider.drift.Shape.Nothing;
import io.marketbrain.provider.drift.Shape.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Compares a document with a shape, in one pass over what the adapter reads. Not thread-safe; one comparison each. */
final class ShapeComparison {
    /** As many differences say what has changed. */
    static final int MAX_DIFFERENCES = 8;

    private final List<String> differences = new ArrayList<>();
    private final int most;

    private ShapeComparison(int most) {
        this.most = most;
    }

    /** Whether {@code json} has the shape; stops at the first difference and describes none. */
    static boolean fits(Shape shape, JsonValue json) {
        return new ShapeComparison(0).compare(shape, json);
    }

    /** The first differences, each a clause that begins with the place; empty if {@code json} has the shape. */
    static List<String> differences(Shape shape, JsonValue json) {
        var comparison = new ShapeComparison(MAX_DIFFERENCES);
        comparison.compare(shape, json);
        return comparison.differences;
    }

    /** How many outermost members the shape reads; of a list, those of an item. */
    static int members(Shape shape) {
        return switch (shape) {
            case Members members -> members.read().size();
            case Items(Shape item) -> members(item);
            case Columns _, Scalar _, Nothing _ -> 0;
        };
    }

    /** How many of the outermost members that the shape reads are there; of a list, those of its first item. */
    static int present(Shape shape, JsonValue json) {
        try {
            return switch (shape) {
                case Members members ->
                    (int) members.read().stream()
                            .filter(member -> json.find(member.name()).isPresent())
                            .count();
                case Items(Shape item) when json.isArray() && !json.items().isEmpty() -> present(item, json.at(0));
                case Items _, Columns _, Scalar _, Nothing _ -> 0;
            };
        } catch (MalformedPayload e) {
            throw new IllegalStateException("an array that is none", e);
        }
    }

    /** Whether to go on. */
    private boolean compare(Shape shape, JsonValue value) {
        try {
            return switch (shape) {
                case Scalar scalar -> isOf(scalar, value);
                case Members members -> value.isObject() ? members(members, value) : wrong(value, shape);
                case Items(Shape item) -> value.isArray() ? items(item, value) : wrong(value, shape);
                case Columns columns -> value.isArray() ? columns(columns, value) : wrong(value, shape);
                case Nothing _ -> report(() -> value + " is in an array that has always been empty");
            };
        } catch (MalformedPayload e) {
            throw new IllegalStateException("an array or object that is none", e);
        }
    }

    private boolean isOf(Scalar scalar, JsonValue value) {
        return isKindOrText(scalar, value) || wrong(value, scalar);
    }

    private static boolean isKind(Scalar scalar, JsonValue value) {
        return scalar.kinds().contains(value.kind());
    }

    /** Whether a value is of one of the kinds. A number in a text is a number: programs that keep responses may write it so. */
    private static boolean isKindOrText(Scalar scalar, JsonValue value) {
        return isKind(scalar, value)
                || (scalar.kinds().contains(JsonKind.NUMBER) && value.isText() && isDecimal(value));
    }

    private static boolean isDecimal(JsonValue value) {
        try {
            value.decimal();
            return true;
        } catch (MalformedPayload e) {
            return false;
        }
    }

    private boolean members(Members shape, JsonValue object) throws MalformedPayload {
        MemberFinder finder = object.finder();
        for (Member member : shape.read()) {
            Optional<JsonValue> value = finder.find(member.name());
            if (value.isPresent()) {
                if (!compare(member.shape(), value.get())) {
                    return false;
                }
            } else if (!member.optional() && !allowsNull(member.shape()) && !missing(shape, object, member)) {
                return false;
            }
        }
        return shape.others() == null || others(shape, shape.others(), object);
    }

    /** A member of another kind than the others' may be an addition, as long as there is one that is not. */
    private boolean others(Members shape, Shape others, JsonValue object) throws MalformedPayload {
        boolean any = false;
        for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
            if (!shape.isKnown(member.getKey()) && isSameKind(others, member.getValue())) {
                any = true;
                if (!compare(others, member.getValue())) {
                    return false;
                }
            }
        }
        return any || report(() -> object + " has no member that is " + named(others));
    }

    private static boolean isSameKind(Shape shape, JsonValue value) {
        return switch (shape) {
            case Scalar scalar -> isKindOrText(scalar, value);
            case Members _ -> value.isObject();
            case Items _, Columns _ -> value.isArray();
            case Nothing _ -> false;
        };
    }

    private boolean items(Shape item, JsonValue array) throws MalformedPayload {
        for (JsonValue value : array.items()) {
            if (!compare(item, value)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Compares the columns of a row. A text stands for a number only in a row without any number, as programs write it that make
     * texts of all of them: elsewhere, and in a longer row, it is the neighbour of the number, which has moved.
     */
    private boolean columns(Columns shape, JsonValue row) throws MalformedPayload {
        List<JsonValue> values = row.items();
        if (values.size() < shape.least()) {
            return report(() -> row + " has " + values.size() + " items, not " + shape.least());
        }
        int number = 0;
        for (JsonValue value : values) {
            if (number == shape.columns().size()) {
                break;
            }
            Column column = shape.columns().get(number++);
            if (column.words() && value.isText() && isDecimal(value)) {
                if (!report(() -> value + " is a number in a text, not a word")) {
                    return false;
                }
            } else if (!isKind(column.scalar(), value)
                    && (!isOfTexts(shape, values) || !isKindOrText(column.scalar(), value))
                    && (column.read() || !value.isNull())
                    && !wrong(value, column.scalar())) {
                return false;
            }
        }
        return true;
    }

    private static boolean isOfTexts(Columns shape, List<JsonValue> values) {
        return values.size() <= shape.columns().size()
                && values.stream().noneMatch(value -> value.kind() == JsonKind.NUMBER);
    }

    private static boolean allowsNull(Shape shape) {
        return shape instanceof Scalar scalar && scalar.kinds().contains(JsonKind.NULL);
    }

    private boolean missing(Members shape, JsonValue object, Member member) {
        return report(() -> object + "." + member.name() + " is missing" + unknown(shape, object));
    }

    /** The members that are not known, one of which may be the missing one under a new name. */
    private static String unknown(Members shape, JsonValue object) {
        try {
            var names = new TreeSet<String>();
            for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
                if (!shape.isKnown(member.getKey())) {
                    names.add(member.getValue().toString());
                }
            }
            return names.isEmpty() || shape.others() != null
                    ? ""
                    : "; new: " + names.stream().limit(MAX_DIFFERENCES).collect(Collectors.joining(", "));
        } catch (MalformedPayload e) {
            throw new IllegalStateException("an object that is none", e);
        }
    }

    private boolean wrong(JsonValue value, Shape expected) {
        return report(() -> value + " is " + named(value.kind()) + ", not " + named(expected));
    }

    private static String named(Shape shape) {
        return switch (shape) {
            case Scalar scalar ->
                scalar.kinds().stream().sorted().map(ShapeComparison::named).collect(Collectors.joining(" or "));
            case Members _ -> named(JsonKind.OBJECT);
            case Items _, Columns _, Nothing _ -> named(JsonKind.ARRAY);
        };
    }

    private static String named(JsonKind kind) {
        return switch (kind) {
            case NULL -> "null";
            case ARRAY, OBJECT -> "an " + kind.name().toLowerCase(Locale.ROOT);
            default -> "a " + kind.name().toLowerCase(Locale.ROOT);
        };
    }

    /** Adds a difference, if any are wanted. Whether to go on. */
    private boolean report(Supplier<String> difference) {
        if (most > 0) {
            differences.add(difference.get());
        }
        return differences.size() < most;
    }
}
