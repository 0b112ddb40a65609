package io.marketbrain.payload;

import io.marketbrain.json.ChangedPayload;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.json.PayloadLimits;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The observations of an SDMX-JSON data message of version 1 or 2, with series or flat. Keys such as {@code 0:3:1} are places
 * in the lists of codes that the message gives for each dimension. Pure.
 *
 * @param requested the key of the requested series; empty if the query has none
 */
record SdmxJsonRows(Optional<String> requested, PayloadLimits limits) {

    /** A dimension and its codes; {@code position} is its place in the key of a series. */
    private record Dimension(String id, int position, List<PayloadNode> codes, List<Optional<String>> names) {
        Code code(String index) throws MalformedPayload {
            try {
                int place = Integer.parseInt(index);
                return new Code(id, position, index, codes.get(place), names.get(place));
            } catch (NumberFormatException | IndexOutOfBoundsException e) {
                throw new MalformedPayload("a key is not a place in the list of codes of a dimension");
            }
        }
    }

    /** What a key says of one dimension. */
    private record Code(String dimension, int position, String index, PayloadNode value, Optional<String> name) {
        boolean isTime() {
            return dimension.equals(SdmxSeries.TIME);
        }
    }

    List<PayloadNode> of(PayloadNode document) throws MalformedPayload {
        PayloadNode data = document.named("data").isEmpty() ? document : only(document, "data");
        List<PayloadNode> sets = only(data, "dataSets").items();
        List<PayloadNode> rows = new ArrayList<>();
        for (PayloadNode set : sets) {
            PayloadNode structure = structure(data, set);
            PayloadNode dimensions = only(structure, "dimensions");
            SdmxJsonAttributes attributes = SdmxJsonAttributes.of(structure, set);
            List<Dimension> observed = dimensions(dimensions, "observation");
            List<Dimension> ofSeries = dimensions(dimensions, "series");
            List<Code> common = single(dimensions);
            for (Map.Entry<String, PayloadNode> series :
                    optionalMembers(set, "series").entrySet()) {
                List<Code> codes = codes(ofSeries, series.getKey());
                var indices = new HashMap<Integer, String>();
                codes.forEach(code -> indices.put(code.position(), code.index()));
                codes.addAll(common);
                SdmxLabels labels = attributes.ofSeries(series.getValue(), indices);
                add(rows, codes, labels, observed, attributes, optionalMembers(series.getValue(), "observations"));
            }
            add(rows, common, attributes.ofSet(), observed, attributes, optionalMembers(set, "observations"));
        }
        return rows;
    }

    /** The structure of a data set: the only one in version 1, in version 2 the one that the data set names. */
    private static PayloadNode structure(PayloadNode data, PayloadNode set) throws MalformedPayload {
        if (data.named("structures").isEmpty()) {
            return only(data, "structure");
        }
        PayloadNode all = only(data, "structures");
        return only(
                all,
                set.named("structure").isEmpty() ? "0" : only(set, "structure").text());
    }

    private static List<Dimension> dimensions(PayloadNode dimensions, String level) throws MalformedPayload {
        List<Dimension> found = new ArrayList<>();
        if (dimensions.named(level).isEmpty()) {
            return found;
        }
        for (PayloadNode dimension : only(dimensions, level).items()) {
            List<PayloadNode> position = dimension.named("keyPosition");
            List<PayloadNode> codes = new ArrayList<>();
            List<Optional<String>> names = new ArrayList<>();
            for (PayloadNode code : only(dimension, "values").items()) {
                codes.add(only(code, code.named("id").isEmpty() ? "value" : "id"));
                names.add(SdmxJsonAttributes.findText(code, "name"));
            }
            found.add(new Dimension(
                    only(dimension, "id").text(),
                    position.isEmpty() ? found.size() : whole(position.getFirst()),
                    codes,
                    names));
        }
        return found;
    }

    private static int whole(PayloadNode number) throws MalformedPayload {
        try {
            return number.decimal().intValueExact();
        } catch (ArithmeticException e) {
            throw new MalformedPayload(number + " is not a place in a key");
        }
    }

    /** The dimensions of the data set, which have one code each. */
    private static List<Code> single(PayloadNode dimensions) throws MalformedPayload {
        List<Code> codes = new ArrayList<>();
        for (Dimension dimension : dimensions(dimensions, "dataSet")) {
            codes.add(dimension.code("0"));
        }
        return codes;
    }

    private static List<Code> codes(List<Dimension> dimensions, String key) throws MalformedPayload {
        String[] indices = key.split(":", -1);
        if (indices.length != dimensions.size()) {
            throw new MalformedPayload("a key has another number of dimensions than the structure");
        }
        List<Code> codes = new ArrayList<>();
        for (int i = 0; i < indices.length; i++) {
            codes.add(dimensions.get(i).code(indices[i]));
        }
        return codes;
    }

    private void add(
            List<PayloadNode> rows,
            List<Code> common,
            SdmxLabels labels,
            List<Dimension> observed,
            SdmxJsonAttributes attributes,
            Map<String, PayloadNode> observations)
            throws MalformedPayload {
        SdmxSeries series = null;
        for (Map.Entry<String, PayloadNode> observation : observations.entrySet()) {
            if (rows.size() >= limits.elements()) {
                throw new MalformedPayload("the document has more than " + limits.elements() + " observations");
            }
            List<Code> codes = codes(observed, observation.getKey());
            boolean isTime = codes.stream().allMatch(Code::isTime);
            codes.addAll(common);
            if (series == null || !isTime) {
                codes.sort(Comparator.comparingInt(Code::position));
                series = series(codes, labels);
            }
            List<PayloadNode> values = observation.getValue().items();
            List<PayloadNode> value = values.isEmpty() ? List.of() : List.of(values.getFirst());
            rows.add(series.with(attributes.ofObservation(values))
                    .row(time(codes), value, requested, limits, rows.size()));
        }
    }

    private static SdmxSeries series(List<Code> key, SdmxLabels labels) throws MalformedPayload {
        var codes = new LinkedHashMap<String, String>();
        var names = new HashMap<String, String>();
        for (Code code : key) {
            if (!code.isTime()) {
                codes.put(code.dimension(), code.value().text());
                code.name().ifPresent(name -> names.put(code.dimension(), name));
            }
        }
        return new SdmxSeries(codes, new SdmxLabels(Map.of(), names).and(labels));
    }

    private static List<PayloadNode> time(List<Code> key) {
        return key.stream().filter(Code::isTime).map(Code::value).toList();
    }

    private static Map<String, PayloadNode> optionalMembers(PayloadNode node, String name) throws MalformedPayload {
        if (node.isList()) {
            throw new MalformedPayload(node + " is a list");
        }
        return node.named(name).isEmpty() ? Map.of() : only(node, name).members();
    }

    private static PayloadNode only(PayloadNode node, String name) throws MalformedPayload {
        List<PayloadNode> found = node.named(name);
        if (found.size() != 1) {
            throw new ChangedPayload(node + " lacks a documented value");
        }
        return found.getFirst();
    }
}
