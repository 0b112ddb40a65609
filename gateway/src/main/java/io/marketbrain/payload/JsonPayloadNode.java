package io.marketbrain.payload;

import io.marketbrain.json.JsonKind;
import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import java.math.BigDecimal;
import java.util.AbstractList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** A JSON value as a {@link PayloadNode}. */
public record JsonPayloadNode(JsonValue value) implements PayloadNode {

    @Override
    public List<PayloadNode> named(String step) {
        Optional<JsonValue> found = value.isArray() ? value.findItem(ListIndex.parse(step)) : value.findMember(step);
        return found.isPresent() ? List.of(new JsonPayloadNode(found.get())) : List.of();
    }

    @Override
    public boolean canHave(String step) {
        return value.isObject() || (value.isArray() && ListIndex.parse(step) >= 0);
    }

    @Override
    public boolean isList() {
        return value.isArray();
    }

    @Override
    public boolean isScalar() {
        return !value.isArray() && !value.isObject();
    }

    @Override
    public boolean isNumber() {
        return value.kind() == JsonKind.NUMBER;
    }

    @Override
    public boolean isRepeatable() {
        return false;
    }

    @Override
    public List<PayloadNode> items() throws MalformedPayload {
        List<JsonValue> items = value.items();
        return new AbstractList<>() {
            @Override
            public PayloadNode get(int index) {
                return new JsonPayloadNode(items.get(index));
            }

            @Override
            public int size() {
                return items.size();
            }

            @Override
            public Iterator<PayloadNode> iterator() {
                return items.stream().<PayloadNode>map(JsonPayloadNode::new).iterator();
            }
        };
    }

    @Override
    public SequencedMap<String, PayloadNode> members() throws MalformedPayload {
        var members = new LinkedHashMap<String, PayloadNode>();
        for (Map.Entry<String, JsonValue> member : value.members().entrySet()) {
            members.put(member.getKey(), new JsonPayloadNode(member.getValue()));
        }
        return members;
    }

    @Override
    public boolean isNull() {
        return value.isNull();
    }

    @Override
    public String text() throws MalformedPayload {
        return value.text();
    }

    @Override
    public String word() throws MalformedPayload {
        return value.kind() == JsonKind.BOOLEAN ? String.valueOf(value.bool()) : value.text();
    }

    @Override
    public BigDecimal decimal() throws MalformedPayload {
        return value.decimal();
    }

    /** The path of the value in its document. */
    @Override
    public String toString() {
        return value.toString();
    }
}
