package io.marketbrain.payload;

import io.marketbrain.json.ChangedPayload;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.json.PayloadLimits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/**
 * The observations of a data set in JSON-stat 2.0 (json-stat.org/format), as Eurostat's Statistics API sends it: values in
 * row-major order of the dimensions in {@code id}, as a list or, where most are missing, by their place. Pure.
 *
 * @param requested the key of the requested series; empty if the query has none
 */
record JsonStatRows(Optional<String> requested, PayloadLimits limits) {

    /** A dimension and its categories in their order. */
    private record Dimension(String id, boolean time, List<String> codes, List<PayloadNode> labels) {
        Optional<String> findLabel(String code) throws MalformedPayload {
            return labels.isEmpty() ? Optional.empty() : SdmxJsonAttributes.findText(labels.getFirst(), code);
        }
    }

    static boolean isDataset(PayloadNode document) {
        return !document.isList()
                && !document.named("dimension").isEmpty()
                && document.named("dataSets").isEmpty();
    }

    List<PayloadNode> of(PayloadNode document) throws MalformedPayload {
        List<Dimension> dimensions = dimensions(document);
        long size = 1;
        for (Dimension dimension : dimensions) {
            size = Math.min(size * dimension.codes().size(), Integer.MAX_VALUE);
        }
        PayloadNode values = only(document, "value");
        List<PayloadNode> rows = new ArrayList<>();
        if (values.isList()) {
            if (values.items().size() != size) {
                throw new MalformedPayload("the data set has another number of values than places");
            }
            int place = 0;
            for (PayloadNode value : values.items()) {
                add(rows, dimensions, place++, List.of(value));
            }
        } else {
            SequencedMap<String, PayloadNode> sent = values.members();
            for (Map.Entry<String, PayloadNode> value : sent.entrySet()) {
                add(rows, dimensions, place(value.getKey(), size), List.of(value.getValue()));
            }
            for (String marked : marked(document)) {
                if (!sent.containsKey(marked)) {
                    add(rows, dimensions, place(marked, size), List.of());
                }
            }
        }
        return rows;
    }

    private static int place(String key, long size) throws MalformedPayload {
        int place = ListIndex.parse(key);
        if (place < 0 || place >= size) {
            throw new MalformedPayload("a value is at a place that the data set does not have");
        }
        return place;
    }

    /** The places of which the data set says something; one without a value is marked as missing. */
    private static Set<String> marked(PayloadNode document) throws MalformedPayload {
        List<PayloadNode> status = document.named("status");
        return status.isEmpty()
                        || status.getFirst().isScalar()
                        || status.getFirst().isList()
                ? Set.of()
                : status.getFirst().members().keySet();
    }

    private static List<Dimension> dimensions(PayloadNode document) throws MalformedPayload {
        PayloadNode all = only(document, "dimension");
        List<PayloadNode> ids = only(document, "id").items();
        List<PayloadNode> sizes = only(document, "size").items();
        List<Dimension> dimensions = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            String id = ids.get(i).text();
            PayloadNode category = only(only(all, id), "category");
            List<String> codes = codes(category);
            if (i >= sizes.size() || !sizes.get(i).text().equals(String.valueOf(codes.size()))) {
                throw new MalformedPayload("a dimension has another number of categories than its size");
            }
            dimensions.add(new Dimension(id, isTime(id), codes, category.named("label")));
        }
        return dimensions;
    }

    private static boolean isTime(String id) {
        String name = id.toUpperCase(Locale.ROOT);
        return name.equals("TIME") || name.equals(SdmxSeries.TIME);
    }

    /** The codes of a dimension: in a list, or with their places; one alone may have a label only. */
    private static List<String> codes(PayloadNode category) throws MalformedPayload {
        List<PayloadNode> index = category.named("index");
        List<String> codes = new ArrayList<>();
        if (index.isEmpty()) {
            codes.addAll(only(category, "label").members().keySet());
            if (codes.size() != 1) {
                throw new ChangedPayload(category + " lacks a documented value");
            }
            return codes;
        }
        if (index.getFirst().isList()) {
            for (PayloadNode code : index.getFirst().items()) {
                codes.add(code.text());
            }
            return codes;
        }
        SequencedMap<String, PayloadNode> places = index.getFirst().members();
        String[] ordered = new String[places.size()];
        for (Map.Entry<String, PayloadNode> code : places.entrySet()) {
            int place = ListIndex.parse(code.getValue().text());
            if (place < 0 || place >= ordered.length || ordered[place] != null) {
                throw new MalformedPayload(index.getFirst() + " does not number the categories");
            }
            ordered[place] = code.getKey();
        }
        return List.of(ordered);
    }

    private void add(List<PayloadNode> rows, List<Dimension> dimensions, int place, List<PayloadNode> value)
            throws MalformedPayload {
        if (rows.size() >= limits.elements()) {
            throw new MalformedPayload("the document has more than " + limits.elements() + " observations");
        }
        String[] key = new String[dimensions.size()];
        int rest = place;
        for (int i = dimensions.size() - 1; i >= 0; i--) {
            List<String> codes = dimensions.get(i).codes();
            key[i] = codes.get(rest % codes.size());
            rest /= codes.size();
        }
        var codes = new LinkedHashMap<String, String>();
        var names = new HashMap<String, String>();
        List<PayloadNode> time = List.of();
        for (int i = 0; i < key.length; i++) {
            if (dimensions.get(i).time()) {
                time = List.of(PayloadText.of(key[i], "the time of observation " + (rows.size() + 1), limits));
            } else {
                String id = dimensions.get(i).id();
                codes.put(id, key[i]);
                dimensions.get(i).findLabel(key[i]).ifPresent(label -> names.put(id, label));
            }
        }
        rows.add(new SdmxSeries(codes, new SdmxLabels(Map.of(), names))
                .row(time, value, requested, limits, rows.size()));
    }

    private static PayloadNode only(PayloadNode node, String name) throws MalformedPayload {
        List<PayloadNode> found = node.named(name);
        if (found.size() != 1) {
            throw new ChangedPayload(node + " lacks a documented value");
        }
        return found.getFirst();
    }
}
