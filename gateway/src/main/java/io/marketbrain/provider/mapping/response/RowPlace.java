package io.marketbrain.provider.mapping.response;

import io.marketbrain.json.ChangedPayload;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.json.PayloadLimits;
import io.marketbrain.payload.PayloadNode;
import io.marketbrain.payload.PayloadText;
import io.marketbrain.payload.SdmxRows;
import io.marketbrain.provider.descriptor.DescriptorObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the rows of a payload are.
 *
 * @param columns the lists that the rows are put together from, for the shape columns
 * @param each the path of a list in each row, whose items are the rows instead; null if there is none
 * @param eachShape what is at that path: a list, or an object whose members are the rows
 * @param counted the names of the members that are rows, of the shape map; empty for all
 * @param leastMembers how many members an object has at least whose members are the rows
 * @param alone whether an XML element that has no rows has no other elements either
 * @param optional whether the rows, or all of the columns, may be missing from the payload, which then has none
 * @param nullable whether a null on the way to the rows, or a missing member of the query's name, says that there are none
 */
record RowPlace(
        PayloadPath path,
        RowShape shape,
        ColumnRows columns,
        @Nullable PayloadPath each,
        RowShape eachShape,
        Set<String> counted,
        int leastMembers,
        boolean alone,
        boolean optional,
        boolean nullable) {

    /** The document itself, as the only row. */
    static final RowPlace DOCUMENT = new RowPlace(
            PayloadPath.toItself(),
            RowShape.ONE,
            ColumnRows.MEMBERS,
            null,
            RowShape.LIST,
            Set.of(),
            0,
            false,
            false,
            false);

    static RowPlace read(DescriptorObject json) {
        RowShape shape = json.choice("shape", RowShape.class, RowShape.LIST);
        RowShape eachShape = json.choice("each_shape", RowShape.class, RowShape.LIST);
        if (eachShape != RowShape.LIST && eachShape != RowShape.MAP) {
            throw json.wrong("each_shape", "must be list or map");
        }
        PayloadPath path = PayloadPath.read(json, "path");
        if (json.has("members") && shape != RowShape.MAP) {
            throw json.wrong("members", "are for the shape map");
        }
        boolean alone = json.flag("alone", false);
        if (alone && path.isToItself()) {
            throw json.wrong("alone", "needs a 'path' to elements in another one");
        }
        return new RowPlace(
                path,
                shape,
                ColumnRows.read(json, shape),
                json.has("each") ? PayloadPath.read(json, "each") : null,
                eachShape,
                json.has("members") ? Set.copyOf(json.texts("members")) : Set.of(),
                RowCheck.least(json),
                alone,
                json.flag("optional", false),
                json.flag("nullable", false));
    }

    /** All rows, also of something else than the query. */
    List<PayloadNode> rows(PayloadNode document, Map<String, String> values, SeriesKey key, PayloadLimits limits)
            throws MalformedPayload {
        if ((optional && isAbsent(document, values)) || (nullable && path.meetsNull(document, values))) {
            return List.of();
        }
        List<PayloadNode> rows = shaped(document, values, key, limits);
        if (alone && rows.isEmpty()) {
            path.requireNothingElse(document, values);
        }
        return each == null ? rows : within(rows, each, values, limits);
    }

    /** Whether there are neither rows nor any of the columns. */
    private boolean isAbsent(PayloadNode document, Map<String, String> values) throws MalformedPayload {
        return path.isAbsent(document, values) || columns.areAbsent(path.at(document, values), values);
    }

    private List<PayloadNode> shaped(
            PayloadNode document, Map<String, String> values, SeriesKey key, PayloadLimits limits)
            throws MalformedPayload {
        return switch (shape) {
            case LIST -> path.rows(document, values);
            case ONE_OR_LIST -> oneOrList(path.at(document, values));
            case ONE -> List.of(path.at(document, values));
            case COLUMNS -> columns.of(path.at(document, values), values);
            case MAP -> counted(members(path.at(document, values), limits));
            case SDMX -> SdmxRows.of(path.at(document, values), key.find(values), limits);
        };
    }

    private static List<PayloadNode> oneOrList(PayloadNode node) throws MalformedPayload {
        boolean isList = node.isList()
                && (node.items().isEmpty() || !node.items().getFirst().isScalar());
        return isList ? node.items() : List.of(node);
    }

    private List<PayloadNode> members(PayloadNode node, PayloadLimits limits) throws MalformedPayload {
        if (node.members().size() < leastMembers) {
            throw new ChangedPayload(node, " has fewer members than documented");
        }
        List<PayloadNode> rows = new ArrayList<>();
        for (Map.Entry<String, PayloadNode> member : node.members().entrySet()) {
            PayloadNode key = PayloadText.of(member.getKey(), "the name of member " + (rows.size() + 1), limits);
            rows.add(DerivedRow.ofMember(key, member.getValue(), rows.size()));
        }
        return rows;
    }

    private List<PayloadNode> counted(List<PayloadNode> members) throws MalformedPayload {
        if (counted.isEmpty()) {
            return members;
        }
        List<PayloadNode> rows = new ArrayList<>();
        for (PayloadNode member : members) {
            PayloadNode value = member.named(DerivedRow.VALUE).getFirst();
            if (counted.contains(member.named(DerivedRow.KEY).getFirst().text())) {
                rows.add(member);
            } else if (each != null && !value.isList() && !value.isScalar()) {
                throw new ChangedPayload(value + " is not a list as the others are");
            }
        }
        return rows;
    }

    private List<PayloadNode> within(
            List<PayloadNode> rows, PayloadPath list, Map<String, String> values, PayloadLimits limits)
            throws MalformedPayload {
        List<PayloadNode> inner = new ArrayList<>();
        for (PayloadNode row : rows) {
            List<PayloadNode> items =
                    eachShape == RowShape.MAP ? members(list.at(row, values), limits) : list.rows(row, values);
            for (PayloadNode item : items) {
                inner.add(shape == RowShape.MAP ? DerivedRow.within(row, item) : item);
            }
        }
        return inner;
    }
}
