package io.marketbrain.payload;

import io.marketbrain.json.ChangedPayload;
import io.marketbrain.json.MalformedPayload;
import java.math.BigDecimal;
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
record CsvRow(Map<String, Integer> columns, List<PayloadNode> cells, String place) implements PayloadNode {

    @Override
    public List<PayloadNode> named(String step) {
        Integer column = columns.get(step);
        int index = column != null ? column : columns.isEmpty() ? ListIndex.parse(step) : -1;
        return index < 0 || index >= cells.size() ? List.of() : List.of(cells.get(index));
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
        var members = new LinkedHashMap<String, PayloadNode>();
        columns.forEach((name, index) -> members.put(name, cells.get(index)));
        return members;
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
