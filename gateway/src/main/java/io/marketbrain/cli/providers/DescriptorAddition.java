package io.marketbrain.cli.providers;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** An operation that is added to a descriptor: what the descriptor says already stays. Pure. */
final class DescriptorAddition {
    private DescriptorAddition() {}

    /** The members of a descriptor, as maps, lists and values. */
    static SequencedMap<String, Object> read(byte[] descriptor) throws MalformedPayload {
        return members(JsonValue.parse(descriptor));
    }

    /** Whether a descriptor has an operation. */
    static boolean has(Map<String, Object> descriptor, String operation) {
        return asMap(operations(descriptor)).containsKey(operation);
    }

    /** A descriptor with the operations, limits and mapping of another one, which is of the same provider. */
    static SequencedMap<String, Object> added(Map<String, Object> descriptor, Map<String, Object> more) {
        var sum = new LinkedHashMap<String, Object>(descriptor);
        sum.put("operations", operations(descriptor));
        more.forEach((key, value) -> sum.merge(key, value, DescriptorAddition::merged));
        return sum;
    }

    /** What both have; of two texts or lists, the first. */
    private static Object merged(Object own, Object other) {
        if (!(own instanceof Map<?, ?>) || !(other instanceof Map<?, ?>)) {
            return own;
        }
        var sum = new LinkedHashMap<>(asMap(own));
        asMap(other).forEach((key, value) -> sum.merge(key, value, DescriptorAddition::merged));
        return sum;
    }

    /** The operations by name, also where they are a list of names. */
    private static Map<String, Object> operations(Map<String, Object> descriptor) {
        Object operations = descriptor.getOrDefault("operations", Map.of());
        if (operations instanceof List<?> names) {
            var byName = new LinkedHashMap<String, Object>();
            names.forEach(name -> byName.put(String.valueOf(name), new LinkedHashMap<>()));
            return byName;
        }
        return asMap(operations);
    }

    private static Map<String, Object> asMap(Object value) {
        var members = new LinkedHashMap<String, Object>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, member) -> members.put(String.valueOf(key), member));
        }
        return members;
    }

    private static SequencedMap<String, Object> members(JsonValue json) throws MalformedPayload {
        var members = new LinkedHashMap<String, Object>();
        for (Map.Entry<String, JsonValue> member : json.members().entrySet()) {
            members.put(member.getKey(), value(member.getValue()));
        }
        return members;
    }

    @SuppressWarnings("NullAway") // JSON's null
    private static @Nullable Object value(JsonValue json) throws MalformedPayload {
        return switch (json.kind()) {
            case NULL -> null;
            case OBJECT -> members(json);
            case ARRAY -> {
                List<Object> items = new ArrayList<>();
                for (JsonValue item : json.items()) {
                    items.add(value(item));
                }
                yield items;
            }
            case TEXT -> json.text();
            case NUMBER -> json.decimal();
            case BOOLEAN -> json.bool();
        };
    }
}
