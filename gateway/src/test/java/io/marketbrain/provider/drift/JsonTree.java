package io.marketbrain.provider.drift;

import io.marketbrain.json.JsonKind;
import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A JSON document that can be changed: objects are maps, arrays lists, everything else is a {@link Leaf}. */
final class JsonTree {
    static final Leaf NULL = new Leaf(JsonKind.NULL, "null");

    private JsonTree() {}

    /** A scalar; a text as its characters, anything else as it is written. */
    record Leaf(JsonKind kind, String text) {}

    static Object parse(byte[] body) {
        try {
            return of(JsonValue.parse(body));
        } catch (MalformedPayload e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Object of(JsonValue value) throws MalformedPayload {
        return switch (value.kind()) {
            case OBJECT -> membersOf(value);
            case ARRAY -> itemsOf(value);
            case NULL -> NULL;
            case BOOLEAN -> new Leaf(JsonKind.BOOLEAN, Boolean.toString(value.bool()));
            case NUMBER, TEXT -> new Leaf(value.kind(), value.text());
        };
    }

    private static Map<String, Object> membersOf(JsonValue object) throws MalformedPayload {
        Map<String, Object> members = new LinkedHashMap<>();
        for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
            members.put(member.getKey(), of(member.getValue()));
        }
        return members;
    }

    private static List<Object> itemsOf(JsonValue array) throws MalformedPayload {
        List<Object> items = new ArrayList<>();
        for (JsonValue item : array.items()) {
            items.add(of(item));
        }
        return items;
    }

    static Object copy(Object tree) {
        if (tree instanceof Map<?, ?> members) {
            Map<String, Object> copies = new LinkedHashMap<>();
            members.forEach((name, value) -> copies.put((String) name, copy(value)));
            return copies;
        }
        if (tree instanceof List<?> items) {
            List<Object> copies = new ArrayList<>();
            items.forEach(item -> copies.add(copy(item)));
            return copies;
        }
        return tree;
    }

    static byte[] write(Object tree) {
        return write(tree, "");
    }

    /** The same with white space between all parts of the document. */
    static byte[] spaced(Object tree) {
        return write(tree, "\n ");
    }

    private static byte[] write(Object tree, String space) {
        var text = new StringBuilder();
        write(tree, text, space);
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void write(Object tree, StringBuilder text, String space) {
        text.append(space);
        switch (tree) {
            case Map<?, ?> members -> {
                text.append('{');
                members.forEach((name, value) -> {
                    quote((String) name, text.append(space));
                    write(value, text.append(space).append(':'), space);
                    text.append(',');
                });
                close(text.append(space), '}');
            }
            case List<?> items -> {
                text.append('[');
                for (Object item : items) {
                    write(item, text, space);
                    text.append(',');
                }
                close(text.append(space), ']');
            }
            case Leaf(JsonKind kind, String value) when kind == JsonKind.TEXT -> quote(value, text);
            case Leaf(JsonKind _, String value) -> text.append(value);
            default -> throw new IllegalArgumentException(tree.toString());
        }
    }

    private static void close(StringBuilder text, char end) {
        int last = text.length() - 1;
        while (Character.isWhitespace(text.charAt(last))) {
            last--;
        }
        if (text.charAt(last) == ',') {
            text.deleteCharAt(last);
        }
        text.append(end);
    }

    static void quote(String value, StringBuilder text) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c < ' ') {
                text.append(String.format("\\u%04x", (int) c));
            } else {
                text.append(c);
            }
        }
        text.append('"');
    }

    static JsonKind kind(Object tree) {
        return switch (tree) {
            case Map<?, ?> _ -> JsonKind.OBJECT;
            case List<?> _ -> JsonKind.ARRAY;
            case Leaf leaf -> leaf.kind();
            default -> throw new IllegalArgumentException(tree.toString());
        };
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> members(Object tree) {
        return (Map<String, Object>) tree;
    }

    @SuppressWarnings("unchecked")
    static List<Object> items(Object tree) {
        return (List<Object>) tree;
    }
}
