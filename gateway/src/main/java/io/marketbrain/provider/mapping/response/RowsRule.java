package io.marketbrain.provider.mapping.response;

import io.marketbrain.json.ChangedPayload;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.json.PayloadLimits;
import io.marketbrain.payload.PayloadNode;
import io.marketbrain.payload.PayloadText;
import io.marketbrain.payload.SdmxRows;
import io.marketbrain.provider.descriptor.DescriptorObject;
import io.marketbrain.provider.mapping.request.TextTemplate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the rows of a payload stand.
 *
 * @param columns the paths of the lists side by side, by the names that fields know them by; empty if they are the members of
 *     one object
 * @param each the path of a list in each row, whose items are the rows instead; null if there is none
 * @param eachShape what is at that path: a list, or an object whose members are the rows
 * @param least how many items rows that are lists have at least; for the shape map, how many members the map has
 * @param most how many items rows that are lists have at most
 * @param check what every row must have, so that another instrument's data is not taken for the requested one's
 * @param where what rows must have to count; others are of something else
 * @param whereKnown the same, where a text counts only if the query has its value
 * @param codes codes of which rows that count have no other one of the same length
 * @param unless what rows that do not count have
 * @param alone whether an XML element that has no rows has no other elements either
 * @param optional whether the rows, or all of the columns, may be missing from the payload, which then has none
 * @param nullable whether a null on the way to the rows, or a missing member of the query's name, says that there are none
 * @param keys the key of the requested series of an SDMX message, in each form that queries may have; empty if it has only one
 */
public record RowsRule(
        PayloadPath path,
        RowShape shape,
        Map<String, PayloadPath> columns,
        @Nullable PayloadPath each,
        RowShape eachShape,
        int least,
        int most,
        Optional<TextMatch> check,
        Optional<TextMatch> where,
        Optional<TextMatch> whereKnown,
        Optional<TextMatch> codes,
        Optional<TextMatch> unless,
        boolean alone,
        boolean optional,
        boolean nullable,
        List<TextTemplate> keys) {
    private static final int MOST_ITEMS = 1000;

    /** The document itself, as the only row. */
    public static final RowsRule DOCUMENT = new RowsRule(
            PayloadPath.toItself(),
            RowShape.ONE,
            Map.of(),
            null,
            RowShape.LIST,
            0,
            MOST_ITEMS,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false,
            false,
            false,
            List.of());

    /** {@code {"path": "rates", "shape": "list", "where": {"code": "{base}"}}}. */
    public static RowsRule read(DescriptorObject json) {
        var columns = new LinkedHashMap<String, PayloadPath>();
        json.findObject("columns")
                .ifPresent(all -> all.names().forEach(name -> columns.put(name, PayloadPath.read(all, name))));
        RowShape shape = json.choice("shape", RowShape.class, RowShape.LIST);
        if (!columns.isEmpty() && shape != RowShape.COLUMNS) {
            throw json.wrong("columns", "are for the shape columns");
        }
        RowShape eachShape = json.choice("each_shape", RowShape.class, RowShape.LIST);
        if (eachShape != RowShape.LIST && eachShape != RowShape.MAP) {
            throw json.wrong("each_shape", "must be list or map");
        }
        var rule = new RowsRule(
                PayloadPath.read(json, "path"),
                shape,
                columns,
                json.has("each") ? PayloadPath.read(json, "each") : null,
                eachShape,
                json.integer("least", 0, MOST_ITEMS, 0),
                json.integer("most", 0, MOST_ITEMS, MOST_ITEMS),
                json.findObject("check").map(TextMatch::read),
                json.findObject("where").map(TextMatch::read),
                json.findObject("where_known").map(TextMatch::read),
                json.findObject("codes").map(TextMatch::read),
                json.findObject("unless").map(TextMatch::read),
                json.flag("alone", false),
                json.flag("optional", false),
                json.flag("nullable", false),
                shape == RowShape.SDMX && json.has("key") ? keys(json) : List.of());
        if (rule.most < rule.least) {
            throw json.wrong("most", "must not be less than least");
        }
        json.end();
        return rule;
    }

    private static List<TextTemplate> keys(DescriptorObject json) {
        return json.texts("key").stream()
                .map(text -> PayloadPath.template(json, "key", text))
                .toList();
    }

    /** Whether rows may be of something else than the query. */
    public boolean selects() {
        return where.isPresent() || whereKnown.isPresent() || codes.isPresent() || !keys.isEmpty();
    }

    /** How many rows there are, also of something else. */
    public int count(PayloadNode document, Map<String, String> values, PayloadLimits limits) throws MalformedPayload {
        return all(document, values, limits).size();
    }

    /** The rows that count. */
    List<PayloadNode> of(PayloadNode document, Map<String, String> values, PayloadLimits limits)
            throws MalformedPayload {
        List<PayloadNode> rows = all(document, values, limits);
        for (PayloadNode row : rows) {
            check(row, values);
        }
        if (!selects() && unless.isEmpty()) {
            return rows;
        }
        List<PayloadNode> fitting = new ArrayList<>();
        for (PayloadNode row : rows) {
            if (counts(row, values)) {
                fitting.add(row);
            }
        }
        return fitting;
    }

    private boolean counts(PayloadNode row, Map<String, String> values) throws MalformedPayload {
        return fitsKey(row, values)
                && (where.isEmpty() || where.get().fits(row, values))
                && (whereKnown.isEmpty() || whereKnown.get().known(values).fits(row, values))
                && (codes.isEmpty() || codes.get().fitsAsCodes(row, values))
                && (unless.isEmpty() || !unless.get().touches(row, values));
    }

    private void check(PayloadNode row, Map<String, String> values) throws MalformedPayload {
        if (least > 0 && shape != RowShape.MAP && (!row.isList() || row.items().size() < least)) {
            throw new ChangedPayload(row + " has fewer items than documented");
        }
        if (most < MOST_ITEMS && row.isList() && row.items().size() > most) {
            throw new ChangedPayload(row + " has more items than documented");
        }
        if (check.isPresent()) {
            check.get().require(row, values);
        }
    }

    private List<PayloadNode> all(PayloadNode document, Map<String, String> values, PayloadLimits limits)
            throws MalformedPayload {
        if ((optional && isAbsent(document, values)) || (nullable && path.meetsNull(document, values))) {
            return List.of();
        }
        List<PayloadNode> rows = shaped(document, values, limits);
        if (alone && rows.isEmpty()) {
            path.requireNothingElse(document, values);
        }
        if (each == null) {
            return rows;
        }
        List<PayloadNode> inner = new ArrayList<>();
        for (PayloadNode row : rows) {
            List<PayloadNode> items =
                    eachShape == RowShape.MAP ? members(each.at(row, values), limits) : each.rows(row, values);
            for (PayloadNode item : items) {
                inner.add(shape == RowShape.MAP ? DerivedRow.within(row, item) : item);
            }
        }
        return inner;
    }

    /** Whether there are neither rows nor any of the columns that the rule names. */
    private boolean isAbsent(PayloadNode document, Map<String, String> values) throws MalformedPayload {
        if (path.isAbsent(document, values)) {
            return true;
        }
        PayloadNode table = path.at(document, values);
        for (PayloadPath column : columns.values()) {
            if (!column.isAbsent(table, values)) {
                return false;
            }
        }
        return !columns.isEmpty();
    }

    private List<PayloadNode> shaped(PayloadNode document, Map<String, String> values, PayloadLimits limits)
            throws MalformedPayload {
        return switch (shape) {
            case LIST -> path.rows(document, values);
            case ONE_OR_LIST -> oneOrList(path.at(document, values));
            case ONE -> List.of(path.at(document, values));
            case COLUMNS -> columns(path.at(document, values), values);
            case MAP -> members(path.at(document, values), limits);
            case SDMX -> SdmxRows.of(path.at(document, values), requestedKey(values), limits);
        };
    }

    private static List<PayloadNode> oneOrList(PayloadNode node) throws MalformedPayload {
        boolean isList = node.isList()
                && (node.items().isEmpty() || !node.items().getFirst().isScalar());
        return isList ? node.items() : List.of(node);
    }

    /** The key of the requested series: the first that the query has every value for. */
    private Optional<String> requestedKey(Map<String, String> values) {
        return keys.stream().flatMap(key -> key.find(values).stream()).findFirst();
    }

    private boolean fitsKey(PayloadNode row, Map<String, String> values) throws MalformedPayload {
        return keys.isEmpty()
                || requestedKey(values)
                        .equals(Optional.of(row.named(SdmxRows.KEY).getFirst().text()));
    }

    private List<PayloadNode> columns(PayloadNode node, Map<String, String> values) throws MalformedPayload {
        var lists = new LinkedHashMap<String, PayloadNode>();
        if (columns.isEmpty()) {
            node.members().forEach((name, member) -> {
                if (member.isList()) {
                    lists.put(name, member);
                }
            });
        }
        for (Map.Entry<String, PayloadPath> column : columns.entrySet()) {
            lists.put(column.getKey(), column.getValue().at(node, values));
        }
        return sideBySide(node, lists);
    }

    private static List<PayloadNode> sideBySide(PayloadNode node, Map<String, PayloadNode> lists)
            throws MalformedPayload {
        if (lists.isEmpty()) {
            throw new ChangedPayload(node + " has no lists");
        }
        var columns = new HashMap<String, List<PayloadNode>>();
        int length = -1;
        for (Map.Entry<String, PayloadNode> list : lists.entrySet()) {
            // A copy, because finding an item of a JSON array takes time in proportion to its place.
            List<PayloadNode> column = new ArrayList<>();
            list.getValue().items().iterator().forEachRemaining(column::add);
            if (length >= 0 && column.size() != length) {
                throw new MalformedPayload(node + " has lists of different lengths");
            }
            length = column.size();
            columns.put(list.getKey(), column);
        }
        List<PayloadNode> rows = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            rows.add(DerivedRow.ofColumns(columns, i));
        }
        return rows;
    }

    private List<PayloadNode> members(PayloadNode node, PayloadLimits limits) throws MalformedPayload {
        if (node.members().size() < least) {
            throw new ChangedPayload(node + " has fewer members than documented");
        }
        List<PayloadNode> rows = new ArrayList<>();
        for (Map.Entry<String, PayloadNode> member : node.members().entrySet()) {
            PayloadNode key = PayloadText.of(member.getKey(), "the name of member " + (rows.size() + 1), limits);
            rows.add(DerivedRow.ofMember(key, member.getValue(), rows.size()));
        }
        return rows;
    }
}
