package io.marketbrain.provider;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;

/**
 * A parsed JSON document whose numbers keep the digits they were sent with. Nesting, number and string lengths are
 * bounded. Access that does not fit the document throws {@link MalformedPayload} naming the path. Immutable.
 */
public final class JsonValue {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(64)
                    .maxNumberLength(100)
                    .maxStringLength(1 << 20)
                    .maxNameLength(1000)
                    .build())
            .build();

    /** A number in JSON, as text. */
    private record Digits(String text) {}

    private final @Nullable Object node;
    private final String path;

    private JsonValue(@Nullable Object node, String path) {
        this.node = node;
        this.path = path;
    }

    /** The document in {@code body}; trailing bytes after it make it malformed. */
    public static JsonValue parse(byte[] body) throws MalformedPayload {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), body)) {
            JsonToken token = parser.nextToken();
            if (token == null) {
                throw new MalformedPayload("the body is empty");
            }
            Object node = read(parser, token);
            if (parser.nextToken() != null) {
                throw new MalformedPayload("the body goes on after the JSON document");
            }
            return new JsonValue(node, "$");
        } catch (tools.jackson.core.JacksonException e) {
            throw new MalformedPayload(
                    e instanceof StreamReadException read
                            ? "not valid JSON: " + read.getOriginalMessage()
                            : "not readable as JSON");
        }
    }

    private static @Nullable Object read(JsonParser parser, JsonToken token) throws MalformedPayload {
        return switch (token) {
            case START_OBJECT -> {
                var members = new LinkedHashMap<String, @Nullable Object>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    members.put(name, read(parser, parser.nextToken()));
                }
                yield members;
            }
            case START_ARRAY -> {
                var items = new ArrayList<@Nullable Object>();
                for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
                    items.add(read(parser, next));
                }
                yield items;
            }
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Digits(parser.getString());
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw new MalformedPayload("unexpected JSON token " + token);
        };
    }

    public boolean isNull() {
        return node == null;
    }

    public boolean isObject() {
        return node instanceof Map;
    }

    public boolean isArray() {
        return node instanceof List;
    }

    /** The member's value; malformed if this is no object or has no such member. */
    public JsonValue at(String name) throws MalformedPayload {
        if (!(node instanceof Map<?, ?> members)) {
            throw wrong("an object");
        }
        if (!members.containsKey(name)) {
            throw new MalformedPayload(path + " has no '" + name + "'");
        }
        return new JsonValue(members.get(name), path + "." + name);
    }

    /** The member's value, if this is an object that has it and it is not null. */
    public Optional<JsonValue> find(String name) {
        if (node instanceof Map<?, ?> members && members.get(name) != null) {
            return Optional.of(new JsonValue(members.get(name), path + "." + name));
        }
        return Optional.empty();
    }

    /** The item at {@code index}; malformed if this is no array or too short. */
    public JsonValue at(int index) throws MalformedPayload {
        if (!(node instanceof List<?> items)) {
            throw wrong("an array");
        }
        if (index >= items.size()) {
            throw new MalformedPayload(path + " has " + items.size() + " items, not " + (index + 1));
        }
        return new JsonValue(items.get(index), path + "[" + index + "]");
    }

    public List<JsonValue> items() throws MalformedPayload {
        if (!(node instanceof List<?> items)) {
            throw wrong("an array");
        }
        var values = new ArrayList<JsonValue>(items.size());
        for (int i = 0; i < items.size(); i++) {
            values.add(new JsonValue(items.get(i), path + "[" + i + "]"));
        }
        return values;
    }

    /** The members in document order. */
    public Map<String, JsonValue> members() throws MalformedPayload {
        if (!(node instanceof Map<?, ?> members)) {
            throw wrong("an object");
        }
        var values = new LinkedHashMap<String, JsonValue>();
        members.forEach((name, value) -> values.put((String) name, new JsonValue(value, path + "." + name)));
        return values;
    }

    public String text() throws MalformedPayload {
        return switch (node) {
            case String text -> text;
            case Digits(String text) -> text;
            case null, default -> throw wrong("a string");
        };
    }

    public boolean bool() throws MalformedPayload {
        if (node instanceof Boolean value) {
            return value;
        }
        throw wrong("true or false");
    }

    /** An exact decimal, from a JSON number or a string of digits; the scale is as sent. */
    public BigDecimal decimal() throws MalformedPayload {
        String text = text();
        if (text.length() > 100) {
            throw wrong("a decimal");
        }
        try {
            BigDecimal value = new BigDecimal(text);
            if (Math.abs((long) value.scale()) > 100) {
                throw wrong("a decimal of reasonable size");
            }
            return value;
        } catch (NumberFormatException e) {
            throw wrong("a decimal");
        }
    }

    public long integer() throws MalformedPayload {
        try {
            return decimal().longValueExact();
        } catch (ArithmeticException e) {
            throw wrong("a whole number");
        }
    }

    /** An instant given as milliseconds since the Unix epoch, between 1900 and 2200. */
    public Instant epochMillis() throws MalformedPayload {
        return instant(Instant.ofEpochMilli(integer()));
    }

    /** An instant given as seconds since the Unix epoch, fractions allowed, between 1900 and 2200. */
    public Instant epochSeconds() throws MalformedPayload {
        try {
            return instant(Instant.ofEpochSecond(
                    0, decimal().movePointRight(9).toBigInteger().longValueExact()));
        } catch (ArithmeticException e) {
            throw wrong("an instant in seconds");
        }
    }

    private Instant instant(Instant instant) throws MalformedPayload {
        if (instant.isBefore(Instant.parse("1900-01-01T00:00:00Z"))
                || instant.isAfter(Instant.parse("2200-01-01T00:00:00Z"))) {
            throw wrong("an instant of our times");
        }
        return instant;
    }

    private MalformedPayload wrong(String expected) {
        return new MalformedPayload(path + " is not " + expected);
    }

    @Override
    public String toString() {
        return path;
    }
}
