package io.marketbrain.api;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * The body of a request as one JSON object, read strictly: another content type is rejected with 415, anything but one
 * well-formed object in UTF-8 with 400, an unknown member or one of the wrong type with 422. The server limits its
 * length ({@code server.max_body}, 413), this class its nesting depth. Immutable.
 */
final class JsonBody {
    private static final int MAX_DEPTH = 20;
    private static final int MAX_NUMBER_LENGTH = 100;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(MAX_NUMBER_LENGTH)
                    .build())
            .build();

    /** Strings, lists of values, and {@link Other} for types that no endpoint uses yet. */
    private final Map<String, Object> members;

    /** A value that is neither a string nor a list. */
    private enum Other {
        VALUE
    }

    private JsonBody(Map<String, Object> members) {
        this.members = members;
    }

    /** Reads the body of a request, which may only have the {@code known} members. */
    static JsonBody of(Request request, String... known) throws Rejected {
        checkContentType(request);
        var body = new JsonBody(parse(request.body()));
        Set<String> names = Set.of(known);
        for (String name : body.members.keySet()) {
            if (!names.contains(name)) {
                throw Rejected.invalid(
                        EchoedText.of(name), "a member", "the body may only have " + String.join(", ", known));
            }
        }
        return body;
    }

    /** A member that is an array of 1 to {@code max} strings. */
    List<String> strings(String name, int max) throws Rejected {
        var strings = new ArrayList<String>();
        if (members.get(name) instanceof List<?> values && !values.isEmpty() && values.size() <= max) {
            for (Object value : values) {
                if (value instanceof String string) {
                    strings.add(string);
                }
            }
            if (strings.size() == values.size()) {
                return strings;
            }
        }
        throw Rejected.invalid(name, described(members.get(name)), "an array of 1 to " + max + " strings");
    }

    private static String described(@Nullable Object value) {
        return switch (value) {
            case null -> "missing";
            case List<?> values -> "array of " + values.size();
            default -> "not an array";
        };
    }

    private static void checkContentType(Request request) throws Rejected {
        String type = request.findHeader("Content-Type").orElse("");
        String[] parts = type.toLowerCase(Locale.ROOT).split(";", -1);
        boolean json = parts[0].strip().equals(Reply.JSON);
        for (int i = 1; i < parts.length && json; i++) {
            String parameter = parts[i].strip().replace("\"", "");
            json = !parameter.startsWith("charset=") || parameter.equals("charset=utf-8");
        }
        if (!json) {
            throw Rejected.of(
                    415,
                    "unsupported-media-type",
                    "The body is not JSON",
                    "the body must be sent as Content-Type: application/json, in UTF-8; "
                            + (type.isEmpty() ? "it has no content type" : "this is " + EchoedText.of(type)));
        }
    }

    private static Map<String, Object> parse(byte[] bytes) throws Rejected {
        try (JsonParser in = FACTORY.createParser(ObjectReadContext.empty(), utf8(bytes))) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                throw malformed("the body is not a JSON object");
            }
            Map<String, Object> members = object(in);
            if (in.nextToken() != null) {
                throw malformed("the body has content after its JSON object");
            }
            return members;
        } catch (JacksonException e) {
            throw malformed("the body is not well-formed JSON: " + EchoedText.of(e.getOriginalMessage()));
        }
    }

    private static String utf8(byte[] bytes) throws Rejected {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw malformed("the body is not UTF-8");
        }
    }

    private static Map<String, Object> object(JsonParser in) {
        var members = new LinkedHashMap<String, Object>();
        for (JsonToken token = in.nextToken(); token != JsonToken.END_OBJECT; token = in.nextToken()) {
            String name = in.currentName();
            members.put(name, value(in, in.nextToken()));
        }
        return members;
    }

    private static Object value(JsonParser in, @Nullable JsonToken token) {
        return switch (token) {
            case VALUE_STRING -> in.getString();
            case START_ARRAY -> {
                var items = new ArrayList<Object>();
                for (JsonToken item = in.nextToken(); item != JsonToken.END_ARRAY; item = in.nextToken()) {
                    items.add(value(in, item));
                }
                yield items;
            }
            case START_OBJECT -> {
                in.skipChildren();
                yield Other.VALUE;
            }
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                in.getString(); // parsed in full, so that a malformed number is rejected
                yield Other.VALUE;
            }
            case null, default -> Other.VALUE;
        };
    }

    private static Rejected malformed(String detail) {
        return Rejected.of(400, "malformed-request", "The request is malformed", detail);
    }
}
