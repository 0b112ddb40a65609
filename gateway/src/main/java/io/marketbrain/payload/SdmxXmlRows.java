package io.marketbrain.payload;

import io.marketbrain.json.ChangedPayload;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.json.PayloadLimits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The observations of an SDMX-ML 2.1 data message, generic or structure-specific: with series whose observations are told apart
 * by their time or, at one time, by another dimension, or flat. Pure.
 *
 * @param requested the key of the requested series; empty if the query has none
 */
record SdmxXmlRows(Optional<String> requested, PayloadLimits limits) {
    private static final String SERIES = "Series";
    private static final String OBSERVATION = "Obs";

    List<PayloadNode> of(PayloadNode document) throws MalformedPayload {
        List<PayloadNode> roots = document.items();
        List<PayloadNode> sets = roots.isEmpty() ? List.of() : roots.getFirst().named("DataSet");
        if (sets.isEmpty()) {
            throw new MalformedPayload("the document has no data set");
        }
        List<PayloadNode> rows = new ArrayList<>();
        for (PayloadNode set : sets) {
            refuseUnknown(
                    set, set.named("Attributes").size() + set.named("Group").size());
            for (PayloadNode series : set.named(SERIES)) {
                addSeries(rows, series);
            }
            for (PayloadNode observation : set.named(OBSERVATION)) {
                addFlat(rows, observation);
            }
        }
        return rows;
    }

    /** An element without series and observations may have nothing but what describes them. */
    private static void refuseUnknown(PayloadNode element, int known) throws MalformedPayload {
        boolean isEmpty =
                element.named(SERIES).isEmpty() && element.named(OBSERVATION).isEmpty();
        if (isEmpty && element.items().size() > known) {
            throw new ChangedPayload(element + " has elements that are not documented");
        }
    }

    private void addSeries(List<PayloadNode> rows, PayloadNode element) throws MalformedPayload {
        List<PayloadNode> key = element.named("SeriesKey");
        SdmxSeries series = key.isEmpty()
                ? bySpecificNames(element)
                : byValues(key.getFirst(), new SdmxLabels(attributes(element), Map.of()));
        refuseUnknown(element, key.size() + element.named("Attributes").size());
        for (PayloadNode observation : element.named(OBSERVATION)) {
            if (key.isEmpty()) {
                addSpecific(rows, series, element, observation);
            } else {
                addGeneric(rows, series, key.getFirst(), observation);
            }
        }
    }

    private void addSpecific(List<PayloadNode> rows, SdmxSeries series, PayloadNode element, PayloadNode observation)
            throws MalformedPayload {
        List<PayloadNode> ofSeries = element.named("@TIME_PERIOD");
        add(
                rows,
                ofSeries.isEmpty()
                        ? series
                        : series.with(bySpecificNames(observation).codes()),
                ofSeries.isEmpty() ? observation.named("@TIME_PERIOD") : ofSeries,
                observation.named("@OBS_VALUE"));
    }

    private void addGeneric(List<PayloadNode> rows, SdmxSeries series, PayloadNode key, PayloadNode observation)
            throws MalformedPayload {
        List<PayloadNode> ofSeries = time(key);
        List<PayloadNode> dimension = attribute(observation, "ObsDimension");
        if (ofSeries.isEmpty() || dimension.isEmpty()) {
            add(rows, series, dimension, attribute(observation, "ObsValue"));
            return;
        }
        var codes = new LinkedHashMap<String, String>();
        codes.put(
                text(observation.named("ObsDimension").getFirst(), "@id"),
                dimension.getFirst().text());
        add(rows, series.with(codes), ofSeries, attribute(observation, "ObsValue"));
    }

    /** An observation that carries its whole key. */
    private void addFlat(List<PayloadNode> rows, PayloadNode observation) throws MalformedPayload {
        List<PayloadNode> key = observation.named("ObsKey");
        if (key.isEmpty()) {
            SdmxSeries series = bySpecificNames(observation);
            add(rows, series, observation.named("@TIME_PERIOD"), observation.named("@OBS_VALUE"));
            return;
        }
        SdmxSeries series = byValues(key.getFirst(), SdmxLabels.NONE);
        add(rows, series, time(key.getFirst()), attribute(observation, "ObsValue"));
    }

    /** The time in a generic key. */
    private static List<PayloadNode> time(PayloadNode key) throws MalformedPayload {
        for (PayloadNode value : key.named("Value")) {
            if (text(value, "@id").equals(SdmxSeries.TIME)) {
                return value.named("@value");
            }
        }
        return List.of();
    }

    private void add(List<PayloadNode> rows, SdmxSeries series, List<PayloadNode> time, List<PayloadNode> value)
            throws MalformedPayload {
        if (rows.size() >= limits.elements()) {
            throw new MalformedPayload("the document has more than " + limits.elements() + " observations");
        }
        rows.add(series.row(time, value, requested, limits, rows.size()));
    }

    /** The series of a generic key. */
    private static SdmxSeries byValues(PayloadNode key, SdmxLabels labels) throws MalformedPayload {
        var codes = new LinkedHashMap<String, String>();
        for (PayloadNode value : key.named("Value")) {
            String id = text(value, "@id");
            if (!id.equals(SdmxSeries.TIME)) {
                codes.put(id, text(value, "@value"));
            }
        }
        return new SdmxSeries(codes, labels);
    }

    /** The attributes of a generic series. */
    private static Map<String, String> attributes(PayloadNode series) throws MalformedPayload {
        var values = new HashMap<String, String>();
        for (PayloadNode all : series.named("Attributes")) {
            for (PayloadNode value : all.named("Value")) {
                values.put(text(value, "@id"), text(value, "@value"));
            }
        }
        return values;
    }

    /** The series of an element whose attributes are dimensions and attributes of SDMX alike. */
    private static SdmxSeries bySpecificNames(PayloadNode element) throws MalformedPayload {
        var codes = new LinkedHashMap<String, String>();
        for (Map.Entry<String, PayloadNode> attribute : element.members().entrySet()) {
            String id = attribute.getKey().substring(1);
            if (!id.equals(SdmxSeries.TIME) && !id.equals(SdmxSeries.VALUE)) {
                codes.put(id, attribute.getValue().text());
            }
        }
        return new SdmxSeries(codes, true);
    }

    private static List<PayloadNode> attribute(PayloadNode observation, String element) {
        List<PayloadNode> found = observation.named(element);
        return found.isEmpty() ? List.of() : found.getFirst().named("@value");
    }

    private static String text(PayloadNode element, String attribute) throws MalformedPayload {
        List<PayloadNode> found = element.named(attribute);
        if (found.size() != 1) {
            throw new ChangedPayload(element + " lacks a documented value");
        }
        return found.getFirst().text();
    }
}
