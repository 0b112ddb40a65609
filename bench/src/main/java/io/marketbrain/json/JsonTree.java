package io.marketbrain.json;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;

/** What {@link JsonValue} was until it became a tape: an object for each node. Kept to be measured against. */
public final class JsonTree {
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

    private JsonTree(@Nullable Object node, String path) {
        this.node = node;
        this.path = path;
    }

    /** The document in {@code body}; trailing bytes after it make it malformed. */
    public static JsonTree parse(byte[] body) throws MalformedPayload {
        if (body.length > 0 && body[0] == '<') {
            throw new MalformedPayload("a page of HTML or XML where JSON should be");
        }
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), body)) {
            JsonToken token = parser.nextToken();
            if (token == null) {
                throw new MalformedPayload("the body is empty");
            }
            Object node = read(parser, token);
            if (parser.nextToken() != null) {
                throw new MalformedPayload("the body goes on after the JSON document");
            }
            return new JsonTree(node, "$");
        } catch (tools.jackson.core.JacksonException e) {
            throw notJson(e);
        }
    }

    private static MalformedPayload notJson(tools.jackson.core.JacksonException e) {
        return new MalformedPayload(
                e instanceof StreamReadException read
                        ? "not valid JSON: " + read.getOriginalMessage()
                        : "not readable as JSON");
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

    /** The member's value; malformed if this is no object or has no such member. */
    public JsonTree at(String name) throws MalformedPayload {
        if (!(node instanceof Map<?, ?> members)) {
            throw wrong("an object");
        }
        if (!members.containsKey(name)) {
            throw new MalformedPayload(path + " has no '" + name + "'");
        }
        return new JsonTree(members.get(name), path + "." + name);
    }

    /** The item at {@code index}; malformed if this is no array or too short. */
    public JsonTree at(int index) throws MalformedPayload {
        if (!(node instanceof List<?> items)) {
            throw wrong("an array");
        }
        if (index >= items.size()) {
            throw new MalformedPayload(path + " has " + items.size() + " items, not " + (index + 1));
        }
        return new JsonTree(items.get(index), path + "[" + index + "]");
    }

    public List<JsonTree> items() throws MalformedPayload {
        if (!(node instanceof List<?> items)) {
            throw wrong("an array");
        }
        var values = new ArrayList<JsonTree>(items.size());
        for (int i = 0; i < items.size(); i++) {
            values.add(new JsonTree(items.get(i), path + "[" + i + "]"));
        }
        return values;
    }

    public String text() throws MalformedPayload {
        return switch (node) {
            case String text -> text;
            case Digits(String text) -> text;
            case null, default -> throw wrong("a string");
        };
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

    /** A decimal above zero. */
    public BigDecimal price() throws MalformedPayload {
        BigDecimal value = decimal();
        if (value.signum() <= 0) {
            throw wrong("a price above zero");
        }
        return value;
    }

    /** A decimal that is not below zero. */
    public BigDecimal amount() throws MalformedPayload {
        BigDecimal value = decimal();
        if (value.signum() < 0) {
            throw wrong("an amount of zero or more");
        }
        return value;
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
