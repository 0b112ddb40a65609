package io.marketbrain.provider.mapping.response;

import io.marketbrain.json.MalformedPayload;
import io.marketbrain.json.PayloadLimits;
import io.marketbrain.payload.PayloadNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A row of a payload, the document that it is part of, and the values of the query. */
public record RowContext(PayloadNode document, PayloadNode row, Map<String, String> values) {

    /** The rows of the document that a rule describes. */
    public List<RowContext> rows(RowsRule rule, PayloadLimits limits) throws MalformedPayload {
        List<RowContext> rows = new ArrayList<>();
        for (PayloadNode found : rule.of(document, values, limits)) {
            rows.add(new RowContext(document, found, values));
        }
        return rows;
    }
}
