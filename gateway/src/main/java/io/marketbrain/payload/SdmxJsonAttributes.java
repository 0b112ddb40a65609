package io.marketbrain.payload;

import io.marketbrain.json.ChangedPayload;
import io.marketbrain.json.MalformedPayload;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The attributes of a data set in SDMX-JSON: of the whole set, of groups of series, of a series or of an observation. Values are
 * places in the lists of the structure; attributes without such a list are left out. Immutable.
 */
final class SdmxJsonAttributes {
    /** An attribute and its values by their places. */
    private record Attribute(String id, List<Value> values) {}

    private record Value(Optional<String> code, Optional<String> name) {}

    /** A part of a key, by the places of dimensions, and what is said about all series that have it. */
    private record Group(Map<Integer, String> indices, SdmxLabels labels) {}

    private final List<Attribute> ofSeries;
    private final List<Attribute> ofObservations;
    private final int measures;
    private final SdmxLabels ofSet;
    private final List<Group> groups;

    private SdmxJsonAttributes(
            List<Attribute> ofSeries,
            List<Attribute> ofObservations,
            int measures,
            SdmxLabels ofSet,
            List<Group> groups) {
        this.ofSeries = ofSeries;
        this.ofObservations = ofObservations;
        this.measures = measures;
        this.ofSet = ofSet;
        this.groups = groups;
    }

    static SdmxJsonAttributes of(PayloadNode structure, PayloadNode set) throws MalformedPayload {
        Optional<PayloadNode> attributes = findObject(structure, "attributes");
        int measures = attributes.isEmpty()
                ? 1
                : items(findObject(structure, "measures"), "observation").size();
        List<Attribute> ofGroups = read(attributes, "dimensionGroup");
        return new SdmxJsonAttributes(
                read(attributes, "series"),
                read(attributes, "observation"),
                Math.max(1, measures),
                labels(read(attributes, "dataSet"), items(Optional.of(set), "attributes")),
                ofGroups.isEmpty() ? List.of() : groups(ofGroups, set));
    }

    private static List<Attribute> read(Optional<PayloadNode> attributes, String level) throws MalformedPayload {
        List<Attribute> found = new ArrayList<>();
        for (PayloadNode attribute : items(attributes, level)) {
            List<Value> values = new ArrayList<>();
            for (PayloadNode value : items(Optional.of(attribute), "values")) {
                Optional<String> code = findText(value, "id");
                values.add(new Value(code.isPresent() ? code : findText(value, "value"), findText(value, "name")));
            }
            found.add(new Attribute(findText(attribute, "id").orElse(""), values));
        }
        return found;
    }

    private static List<Group> groups(List<Attribute> attributes, PayloadNode set) throws MalformedPayload {
        List<Group> groups = new ArrayList<>();
        Optional<PayloadNode> all = findObject(set, "dimensionGroupAttributes");
        if (all.isEmpty()) {
            return groups;
        }
        for (Map.Entry<String, PayloadNode> group : all.get().members().entrySet()) {
            String[] key = group.getKey().split(":", -1);
            var indices = new HashMap<Integer, String>();
            for (int i = 0; i < key.length; i++) {
                if (!key[i].isEmpty()) {
                    indices.put(i, key[i]);
                }
            }
            if (group.getValue().isList()) {
                groups.add(
                        new Group(indices, labels(attributes, group.getValue().items())));
            }
        }
        return groups;
    }

    /** What is said about all series. */
    SdmxLabels ofSet() {
        return ofSet;
    }

    /**
     * What is said about a series, also as one of a group.
     *
     * @param indices the parts of its key, by the places of their dimensions
     */
    SdmxLabels ofSeries(PayloadNode series, Map<Integer, String> indices) throws MalformedPayload {
        SdmxLabels all = ofSet;
        for (Group group : groups) {
            if (indices.entrySet().containsAll(group.indices().entrySet())) {
                all = all.and(group.labels());
            }
        }
        return all.and(labels(ofSeries, items(Optional.of(series), "attributes")));
    }

    /** What the values of an observation say after its measures. */
    SdmxLabels ofObservation(List<PayloadNode> values) throws MalformedPayload {
        return ofObservations.isEmpty() || values.size() <= measures
                ? SdmxLabels.NONE
                : labels(ofObservations, values.subList(measures, values.size()));
    }

    private static SdmxLabels labels(List<Attribute> attributes, List<PayloadNode> places) throws MalformedPayload {
        var codes = new HashMap<String, String>();
        var names = new HashMap<String, String>();
        for (int i = 0; i < Math.min(attributes.size(), places.size()); i++) {
            PayloadNode place = places.get(i);
            List<Value> values = attributes.get(i).values();
            if (place.isNull() || values.isEmpty()) {
                continue;
            }
            String id = attributes.get(i).id();
            for (Value value : values(place, values)) {
                value.code().ifPresent(code -> codes.merge(id, code, (one, other) -> one + ", " + other));
                value.name().ifPresent(name -> names.merge(id, name, (one, other) -> one + ", " + other));
            }
        }
        return codes.isEmpty() && names.isEmpty() ? SdmxLabels.NONE : new SdmxLabels(codes, names);
    }

    /** The value at a place, or the values at a list of different places. */
    private static List<Value> values(PayloadNode place, List<Value> all) throws MalformedPayload {
        var indices = new LinkedHashSet<Integer>();
        for (PayloadNode one : place.isList() ? place.items() : List.of(place)) {
            int index = ListIndex.parse(one.text());
            if (index < 0 || index >= all.size() || !indices.add(index)) {
                throw new ChangedPayload(place + " is not a place in the list of values of an attribute");
            }
        }
        return indices.stream().map(all::get).toList();
    }

    /** A text that a node has by this name. */
    static Optional<String> findText(PayloadNode node, String name) throws MalformedPayload {
        Optional<PayloadNode> found = find(node, name);
        return found.isPresent() ? Optional.of(found.get().text()) : Optional.empty();
    }

    private static Optional<PayloadNode> findObject(PayloadNode node, String name) throws MalformedPayload {
        Optional<PayloadNode> found = find(node, name);
        if (found.isPresent() && (found.get().isList() || found.get().isScalar())) {
            throw new ChangedPayload(found.get() + " is not an object");
        }
        return found;
    }

    private static Optional<PayloadNode> find(PayloadNode node, String name) {
        return node.named(name).stream().filter(found -> !found.isNull()).findFirst();
    }

    private static List<PayloadNode> items(Optional<PayloadNode> node, String name) throws MalformedPayload {
        Optional<PayloadNode> found = node.flatMap(one -> find(one, name));
        return found.isPresent() ? found.get().items() : List.of();
    }
}
