package io.marketbrain.payload;

import io.marketbrain.json.MalformedPayload;
import io.marketbrain.json.PayloadLimits;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The observations of SDMX data messages in JSON, XML and CSV, and of data sets in JSON-stat: rows with {@code TIME_PERIOD},
 * {@code OBS_VALUE}, the code of each dimension by its id, and the codes together as {@code @key}. Pure.
 */
public final class SdmxRows {
    /** The path of the codes of a row's series. */
    public static final String KEY = "@key";

    /** The path of the names of a row's codes and attributes. */
    static final String NAME = "@name";

    /** What is between a code and its label in a table with labels. */
    private static final String LABEL = ": ";

    private SdmxRows() {}

    /**
     * The observations of all series of a message.
     *
     * @param requested the key of the requested series, such as {@code D.USD.EUR.SP00.A}; what the key of a row says is the
     *     same if the row is of that series
     */
    public static List<PayloadNode> of(PayloadNode document, Optional<String> requested, PayloadLimits limits)
            throws MalformedPayload {
        if (document.isRepeatable()) {
            return new SdmxXmlRows(requested, limits).of(document);
        }
        if (document instanceof CsvDocument table) {
            return ofTable(table.items(), requested, limits);
        }
        if (JsonStatRows.isDataset(document)) {
            return new JsonStatRows(requested, limits).of(document);
        }
        return CompactJsonRows.isMessage(document)
                ? new CompactJsonRows(requested, limits).of(document)
                : new SdmxJsonRows(requested, limits).of(document);
    }

    private static List<PayloadNode> ofTable(List<PayloadNode> lines, Optional<String> requested, PayloadLimits limits)
            throws MalformedPayload {
        List<PayloadNode> rows = new ArrayList<>();
        for (PayloadNode line : lines) {
            var codes = new LinkedHashMap<String, String>();
            List<PayloadNode> time = List.of();
            List<PayloadNode> value = List.of();
            for (Map.Entry<String, PayloadNode> column : line.members().entrySet()) {
                String id = code(column.getKey());
                PayloadNode cell = id.equals(column.getKey()) ? column.getValue() : coded(column.getValue(), limits);
                switch (id) {
                    case SdmxSeries.TIME -> time = List.of(cell);
                    case SdmxSeries.VALUE -> value = List.of(cell);
                    default -> codes.put(id, cell.text());
                }
            }
            rows.add(new SdmxSeries(codes, true).row(time, value, requested, limits, rows.size()));
        }
        return rows;
    }

    /** The code of a text that may have its label behind it, such as {@code GBR: United Kingdom}. */
    private static String code(String text) {
        int end = text.indexOf(LABEL);
        return end < 0 ? text : text.substring(0, end);
    }

    /** The cell of a column whose heading has a label, so that cells may have one, too. */
    private static PayloadNode coded(PayloadNode cell, PayloadLimits limits) throws MalformedPayload {
        return PayloadText.of(code(cell.text()), cell.toString(), limits);
    }
}
