package io.marketbrain.payload;

import io.marketbrain.json.ChangedPayload;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.json.PayloadLimits;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The observations of an SDMX-ML 2.0 compact message that was made JSON, as the IMF's service of before 2025 sent it: XML
 * attributes are members whose names begin with {@code @}, and one element alone is no list. Pure.
 *
 * @param requested the key of the requested series; empty if the query has none
 */
record CompactJsonRows(Optional<String> requested, PayloadLimits limits) {
    private static final String MESSAGE = "CompactData";

    static boolean isMessage(PayloadNode document) {
        return !document.isList() && !document.named(MESSAGE).isEmpty();
    }

    List<PayloadNode> of(PayloadNode document) throws MalformedPayload {
        PayloadNode message = document.named(MESSAGE).getFirst();
        List<PayloadNode> sets = message.named("DataSet");
        if (sets.isEmpty()) {
            throw new ChangedPayload(message + " lacks a documented value");
        }
        List<PayloadNode> rows = new ArrayList<>();
        for (PayloadNode series : elements(sets.getFirst(), "Series")) {
            var codes = new LinkedHashMap<String, String>();
            for (Map.Entry<String, PayloadNode> attribute : series.members().entrySet()) {
                if (attribute.getKey().startsWith("@") && !attribute.getValue().isNull()) {
                    codes.put(
                            attribute.getKey().substring(1),
                            attribute.getValue().text());
                }
            }
            for (PayloadNode observation : elements(series, "Obs")) {
                if (rows.size() >= limits.elements()) {
                    throw new MalformedPayload("the document has more than " + limits.elements() + " observations");
                }
                rows.add(new SdmxSeries(codes, true)
                        .row(
                                observation.named("@" + SdmxSeries.TIME),
                                observation.named("@" + SdmxSeries.VALUE),
                                requested,
                                limits,
                                rows.size()));
            }
        }
        return rows;
    }

    /** The elements of one name: a list, one alone, or none. */
    private static List<PayloadNode> elements(PayloadNode parent, String name) throws MalformedPayload {
        List<PayloadNode> found = parent.named(name);
        if (found.isEmpty() || found.getFirst().isNull()) {
            return List.of();
        }
        return found.getFirst().isList() ? found.getFirst().items() : found;
    }
}
