package io.marketbrain.provider.mapping.response;

import io.marketbrain.payload.PayloadNode;
import io.marketbrain.payload.PayloadRow;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A row that is put together from other places of a payload: across the lists of an object, or from a member's name and
 * value.
 *
 * @param finder the values of a name
 * @param possible whether there can be values of a name
 * @param origin its place in the document, which is asked for only when something is wrong: finding it takes time in proportion
 *     to the place
 */
record DerivedRow(Function<String, List<PayloadNode>> finder, Predicate<String> possible, Supplier<String> origin)
        implements PayloadRow {
    static final String KEY = "@key";
    static final String VALUE = "@value";

    /** The row at {@code index} of lists side by side. */
    static PayloadNode ofColumns(Map<String, List<PayloadNode>> columns, int index) {
        return new DerivedRow(
                name -> {
                    List<PayloadNode> column = columns.get(name);
                    return column == null ? List.of() : List.of(column.get(index));
                },
                columns::containsKey,
                () -> "row " + (index + 1));
    }

    /** The row that is a member of an object. */
    static PayloadNode ofMember(PayloadNode key, PayloadNode value, int index) {
        return new DerivedRow(
                name -> switch (name) {
                    case KEY -> List.of(key);
                    case VALUE -> List.of(value);
                    default -> value.named(name);
                },
                name -> name.equals(KEY) || name.equals(VALUE) || value.canHave(name),
                () -> "member " + (index + 1));
    }

    /** An item of a list in a member of an object; {@code @key} is the member's name. */
    static PayloadNode within(PayloadNode member, PayloadNode item) {
        return new DerivedRow(
                name -> name.equals(KEY) ? member.named(KEY) : item.named(name),
                name -> name.equals(KEY) || item.canHave(name),
                item::toString);
    }

    @Override
    public List<PayloadNode> named(String step) {
        return finder.apply(step);
    }

    @Override
    public boolean canHave(String step) {
        return possible.test(step);
    }

    @Override
    public String place() {
        return origin.get();
    }

    @Override
    public String toString() {
        return place();
    }
}
