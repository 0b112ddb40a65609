package io.marketbrain.provider.mapping.response;

import io.marketbrain.json.ChangedPayload;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.payload.PayloadNode;
import io.marketbrain.provider.descriptor.DescriptorObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows across lists of the same length, such as one of times and one of prices.
 *
 * @param paths where the lists are, by the names that fields know them by; empty if they are the members of one object
 */
record ColumnRows(Map<String, PayloadPath> paths) {
    static final ColumnRows MEMBERS = new ColumnRows(Map.of());

    /** {@code "columns": {"open": "quote.0.open"}}. */
    static ColumnRows read(DescriptorObject json, RowShape shape) {
        var paths = new LinkedHashMap<String, PayloadPath>();
        json.findObject("columns")
                .ifPresent(all -> all.names().forEach(name -> paths.put(name, PayloadPath.read(all, name))));
        if (!paths.isEmpty() && shape != RowShape.COLUMNS) {
            throw json.wrong("columns", "are for the shape columns");
        }
        return new ColumnRows(paths);
    }

    /** Whether none of the lists that have paths is there. */
    boolean areAbsent(PayloadNode table, Map<String, String> values) throws MalformedPayload {
        for (PayloadPath path : paths.values()) {
            if (!path.isAbsent(table, values)) {
                return false;
            }
        }
        return !paths.isEmpty();
    }

    List<PayloadNode> of(PayloadNode table, Map<String, String> values) throws MalformedPayload {
        Map<String, PayloadNode> lists = lists(table, values);
        if (lists.isEmpty()) {
            throw new ChangedPayload(table, " has no lists");
        }
        var columns = new HashMap<String, List<PayloadNode>>();
        int length = -1;
        for (Map.Entry<String, PayloadNode> list : lists.entrySet()) {
            // A copy, because finding an item of a JSON array takes time in proportion to its place.
            List<PayloadNode> column = new ArrayList<>();
            list.getValue().items().iterator().forEachRemaining(column::add);
            if (length >= 0 && column.size() != length) {
                throw new MalformedPayload(table, " has lists of different lengths");
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

    private Map<String, PayloadNode> lists(PayloadNode table, Map<String, String> values) throws MalformedPayload {
        var lists = new LinkedHashMap<String, PayloadNode>();
        if (paths.isEmpty()) {
            table.members().forEach((name, member) -> {
                if (member.isList()) {
                    lists.put(name, member);
                }
            });
        }
        for (Map.Entry<String, PayloadPath> path : paths.entrySet()) {
            lists.put(path.getKey(), path.getValue().at(table, values));
        }
        return lists;
    }
}
