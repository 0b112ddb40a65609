package io.marketbrain.provider.mapping;

import io.marketbrain.json.ChangedPayload;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.payload.PayloadNode;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A row that is put together from other places of a payload: across the lists of an object, or from a member's name and
 * value.
 *
 * @param finder the values of a name
 * @param place its place in the document
 */
record DerivedRow(Function<String, List<PayloadNode>> finder, Predicate<String> possible, String place)
        implements PayloadNode {
    private static final String KEY = "@key";
    private static final String VALUE = "@value";

    /** The row at {@code index} of lists that stand side by side. */
    static PayloadNode ofColumns(Map<String, List<PayloadNode>> columns, int index) {
        return new DerivedRow(
                name -> {
                    List<PayloadNode> column = columns.get(name);
                    return column == null ? List.of() : List.of(column.get(index));
                },
                columns::containsKey,
                "row " + (index + 1));
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
                "member " + (index + 1));
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
    public boolean isList() {
        return false;
    }

    @Override
    public boolean isRepeatable() {
        return false;
    }

    @Override
    public List<PayloadNode> items() throws MalformedPayload {
        throw new ChangedPayload(place + " is not a list");
    }

    @Override
    public SequencedMap<String, PayloadNode> members() {
        return new LinkedHashMap<>();
    }

    @Override
    public boolean isNull() {
        return false;
    }

    @Override
    public String text() throws MalformedPayload {
        throw new ChangedPayload(place + " is not a text");
    }

    @Override
    public BigDecimal decimal() throws MalformedPayload {
        throw new ChangedPayload(place + " is not a decimal");
    }

    @Override
    public String toString() {
        return place;
    }
}
