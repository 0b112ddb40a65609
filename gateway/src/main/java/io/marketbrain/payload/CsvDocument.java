package io.marketbrain.payload;

import io.marketbrain.json.MalformedPayload;
import java.math.BigDecimal;
import java.util.List;
import java.util.SequencedMap;

/**
 * A CSV document: a list of rows.
 *
 * @param preamble the lines before the first row
 */
record CsvDocument(List<PayloadNode> preamble, List<PayloadNode> rows) implements PayloadNode {
    private static final String PREAMBLE = "@preamble";

    @Override
    public List<PayloadNode> named(String step) {
        if (step.equals(PREAMBLE)) {
            return preamble.size() == 1 ? preamble : List.of(new CsvDocument(List.of(), preamble));
        }
        int index = ListIndex.parse(step);
        return index < 0 || index >= rows.size() ? List.of() : List.of(rows.get(index));
    }

    @Override
    public boolean isList() {
        return true;
    }

    @Override
    public boolean isRepeatable() {
        return false;
    }

    @Override
    public List<PayloadNode> items() {
        return rows;
    }

    @Override
    public SequencedMap<String, PayloadNode> members() throws MalformedPayload {
        throw new MalformedPayload("the document is a list of rows");
    }

    @Override
    public boolean isNull() {
        return false;
    }

    @Override
    public String text() throws MalformedPayload {
        throw new MalformedPayload("the document is a list of rows");
    }

    @Override
    public BigDecimal decimal() throws MalformedPayload {
        throw new MalformedPayload("the document is a list of rows");
    }

    @Override
    public String toString() {
        return "the document";
    }
}
