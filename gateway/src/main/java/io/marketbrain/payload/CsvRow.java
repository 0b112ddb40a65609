package io.marketbrain.payload;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * A row of a CSV document.
 *
 * @param columns the places of the columns by name; empty if they have none
 * @param place its place in the document
 */
record CsvRow(Map<String, Integer> columns, List<PayloadNode> cells, String place) implements PayloadRow {

    @Override
    public List<PayloadNode> named(String step) {
        Integer column = columns.get(step);
        int index = column != null ? column : columns.isEmpty() ? ListIndex.parse(step) : -1;
        return index < 0 || index >= cells.size() ? List.of() : List.of(cells.get(index));
    }

    @Override
    public SequencedMap<String, PayloadNode> members() {
        var members = new LinkedHashMap<String, PayloadNode>();
        columns.forEach((name, index) -> members.put(name, cells.get(index)));
        return members;
    }

    @Override
    public String toString() {
        return place;
    }
}
