package io.marketbrain.provider.mapping.response;

import io.marketbrain.json.MalformedPayload;
import io.marketbrain.json.PayloadLimits;
import io.marketbrain.payload.PayloadNode;
import io.marketbrain.provider.descriptor.DescriptorObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The rows of a payload: where they are, what each of them must have, and which of them count. Immutable.
 *
 * @param check what every row must have, also one that does not count
 */
public record RowsRule(RowPlace place, RowCheck check, RowSelection selection) {

    /** The document itself, as the only row. */
    public static final RowsRule DOCUMENT = new RowsRule(RowPlace.DOCUMENT, RowCheck.NONE, RowSelection.ALL);

    /** {@code {"path": "rates", "shape": "list", "where": {"code": "{base}"}}}. */
    public static RowsRule read(DescriptorObject json) {
        RowPlace place = RowPlace.read(json);
        var rule = new RowsRule(
                place, RowCheck.read(json, place.shape()), RowSelection.read(json, place.shape() == RowShape.SDMX));
        json.end();
        return rule;
    }

    /** Whether the rows are those of an SDMX message. */
    public boolean areSdmx() {
        return place.shape() == RowShape.SDMX;
    }

    /** Whether rows may be of something else than the query. */
    public boolean selects() {
        return selection.isAboutQuery();
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
            check.require(row, values);
        }
        if (selection.isEverything()) {
            return rows;
        }
        List<PayloadNode> fitting = new ArrayList<>();
        for (PayloadNode row : rows) {
            if (selection.fits(row, values)) {
                fitting.add(row);
            }
        }
        return fitting;
    }

    private List<PayloadNode> all(PayloadNode document, Map<String, String> values, PayloadLimits limits)
            throws MalformedPayload {
        return place.rows(document, values, selection.key(), limits);
    }
}
