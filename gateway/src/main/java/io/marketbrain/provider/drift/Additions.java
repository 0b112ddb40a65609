package io.marketbrain.provider.drift;

import io.marketbrain.json.JsonKind;
import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.Operation;
import io.marketbrain.model.ProviderId;
import io.marketbrain.provider.drift.Shape.Columns;
import io.marketbrain.provider.drift.Shape.Items;
import io.marketbrain.provider.drift.Shape.Magnitude;
import io.marketbrain.provider.drift.Shape.Member;
import io.marketbrain.provider.drift.Shape.Members;
import io.marketbrain.provider.drift.Shape.Nothing;
import io.marketbrain.provider.drift.Shape.Scalar;
import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a provider's responses have beyond their known shapes: members, columns, values of closed sets and magnitudes. Nothing
 * is refused for it; each place is logged once. Bounded. Thread-safe.
 */
final class Additions {
    /** As many additions are logged and remembered; a provider with more has another interface. */
    static final int MAX_ADDITIONS = 64;
    /** As many items of a list are searched. */
    private static final int MAX_ITEMS = 20;
    /** Numbers may be so many orders of magnitude beyond those seen: prices differ from instrument to instrument. */
    private static final int MARGIN = 6;

    private static final System.Logger LOG = System.getLogger(Additions.class.getName());

    private final ProviderId provider;
    private final Set<String> found = new LinkedHashSet<>();

    Additions(ProviderId provider) {
        this.provider = provider;
    }

    /** Searches a document that has the shape. */
    void search(Operation operation, Shape shape, JsonValue json) {
        try {
            search(operation.wire() + " $", shape, json);
        } catch (MalformedPayload e) {
            // Not an addition: the adapter reads the value next and says what is wrong with it.
            return;
        }
    }

    /** Notes what no response had while the places were learnt. */
    void add(Operation operation, String place, String what) {
        add(operation.wire() + " " + place, what);
    }

    /** The additions, each as the operation, the place and what is new there. */
    synchronized List<String> found() {
        return List.copyOf(found);
    }

    private void search(String place, Shape shape, JsonValue value) throws MalformedPayload {
        switch (shape) {
            case Members members when value.isObject() -> members(place, members, value);
            case Items(Shape item)
            when value.isArray() -> {
                for (JsonValue element : value.items()
                        .subList(0, Math.min(MAX_ITEMS, value.items().size()))) {
                    search(place + "[]", item, element);
                }
            }
            case Columns columns when value.isArray() -> columns(place, columns, value);
            case Scalar scalar -> scalar(place, scalar, value);
            case Members _, Items _, Columns _, Nothing _ -> {}
        }
    }

    private void members(String place, Members shape, JsonValue object) throws MalformedPayload {
        for (Member member : shape.read()) {
            var value = object.find(member.name());
            if (value.isPresent()) {
                search(place + "." + member.name(), member.shape(), value.get());
            }
        }
        int searched = 0;
        for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
            if (!shape.isKnown(member.getKey())) {
                if (shape.others() == null) {
                    add(place + "." + shown(member), "is new");
                } else if (searched++ < MAX_ITEMS) {
                    search(place + ".*", shape.others(), member.getValue());
                }
            }
        }
    }

    /** The name as a message may show it. */
    private static String shown(Map.Entry<String, JsonValue> member) {
        String path = member.getValue().toString();
        return path.substring(path.lastIndexOf('.') + 1);
    }

    private void columns(String place, Columns shape, JsonValue row) throws MalformedPayload {
        int known = shape.columns().size();
        if (row.items().size() > known) {
            add(place, "has more than " + known + " items");
        }
        for (int i = 0; i < Math.min(known, row.items().size()); i++) {
            search(place + "[" + i + "]", shape.columns().get(i).scalar(), row.at(i));
        }
    }

    private void scalar(String place, Scalar shape, JsonValue value) throws MalformedPayload {
        if (value.isText() && !shape.values().isEmpty() && !shape.values().contains(value.text())) {
            add(place, "has a value that was never seen");
        }
        Magnitude seen = shape.magnitude();
        if (seen != null && (value.isText() || value.kind() == JsonKind.NUMBER)) {
            BigDecimal number = value.decimal();
            if (number.signum() != 0) {
                int power = Magnitude.of(number).least();
                if (power < seen.least() - MARGIN || power > seen.most() + MARGIN) {
                    add(place, "is of another order of magnitude");
                }
            }
        }
    }

    private void add(String place, String what) {
        synchronized (this) {
            if (found.size() >= MAX_ADDITIONS || !found.add(place + " " + what)) {
                return;
            }
        }
        LOG.log(System.Logger.Level.INFO, provider + " " + place + " " + what + "; the gateway does not need it");
    }
}
