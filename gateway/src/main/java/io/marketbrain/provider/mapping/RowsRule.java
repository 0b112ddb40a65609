package io.marketbrain.provider.mapping;

import io.marketbrain.json.MalformedPayload;
import io.marketbrain.json.PayloadLimits;
import io.marketbrain.payload.PayloadNode;
import io.marketbrain.payload.PayloadText;
import io.marketbrain.provider.descriptor.DescriptorObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the rows of a payload stand.
 *
 * @param where what rows must have to count; others are of something else
 */
record RowsRule(PayloadPath path, RowShape shape, Optional<TextMatch> where) {

    /** {@code {"path": "rates", "shape": "list", "where": {"code": "{base}"}}}. */
    static RowsRule read(DescriptorObject json) {
        var rule = new RowsRule(
                PayloadPath.read(json, "path"),
                json.choice("shape", RowShape.class, RowShape.LIST),
                json.findObject("where").map(TextMatch::read));
        json.end();
        return rule;
    }

    /** Whether there are no rows at all, not even of something else. */
    boolean isEmpty(PayloadNode document, Map<String, String> values, PayloadLimits limits) throws MalformedPayload {
        return all(document, values, limits).isEmpty();
    }

    /** The rows that count. */
    List<PayloadNode> of(PayloadNode document, Map<String, String> values, PayloadLimits limits)
            throws MalformedPayload {
        List<PayloadNode> rows = all(document, values, limits);
        if (where.isEmpty()) {
            return rows;
        }
        List<PayloadNode> fitting = new ArrayList<>();
        for (PayloadNode row : rows) {
            if (where.get().fits(row, values)) {
                fitting.add(row);
            }
        }
        return fitting;
    }

    private List<PayloadNode> all(PayloadNode document, Map<String, String> values, PayloadLimits limits)
            throws MalformedPayload {
        return switch (shape) {
            case LIST -> path.rows(document, values);
            case ONE -> List.of(path.at(document, values));
            case COLUMNS -> columns(path.at(document, values));
            case MAP -> members(path.at(document, values), limits);
            case SDMX_JSON -> new SdmxJsonRows(requestedKey(values), limits).of(path.at(document, values));
            case SDMX_XML -> new SdmxXmlRows(requestedKey(values), limits).of(path.at(document, values));
        };
    }

    private static Optional<String> requestedKey(Map<String, String> values) {
        return Optional.ofNullable(values.get(QueryValues.ID_END));
    }

    private static List<PayloadNode> columns(PayloadNode node) throws MalformedPayload {
        var columns = new HashMap<String, List<PayloadNode>>();
        int length = -1;
        for (Map.Entry<String, PayloadNode> member : node.members().entrySet()) {
            if (member.getValue().isList()) {
                // A copy, because finding an item of a JSON array takes time in proportion to its place.
                List<PayloadNode> column = new ArrayList<>();
                member.getValue().items().iterator().forEachRemaining(column::add);
                if (length >= 0 && column.size() != length) {
                    throw new MalformedPayload(node + " has lists of different lengths");
                }
                length = column.size();
                columns.put(member.getKey(), column);
            }
        }
        if (length < 0) {
            throw new MalformedPayload(node + " has no lists");
        }
        List<PayloadNode> rows = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            rows.add(DerivedRow.ofColumns(columns, i));
        }
        return rows;
    }

    private static List<PayloadNode> members(PayloadNode node, PayloadLimits limits) throws MalformedPayload {
        List<PayloadNode> rows = new ArrayList<>();
        for (Map.Entry<String, PayloadNode> member : node.members().entrySet()) {
            PayloadNode key = PayloadText.of(member.getKey(), "the name of member " + (rows.size() + 1), limits);
            rows.add(DerivedRow.ofMember(key, member.getValue(), rows.size()));
        }
        return rows;
    }
}
