package io.marketbrain.provider;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/**
 * A value in a JSON document written by a person, with the place where it stands, so that what is wrong with it can be
 * said with line and column. Numbers keep their digits. Immutable.
 *
 * @param content a map of {@link Member}s by name, a list of values, a string, a {@link Digits}, a boolean, or null
 */
record LocatedJson(@Nullable Object content, int line, int column) {
    private static final JsonFactory FACTORY = new JsonFactory();

    /** A number, as text. */
    record Digits(String text) {}

    /** A member of an object, with the place of its name. */
    record Member(int line, int column, LocatedJson value) {}

    /** The document in {@code body}; throws {@link InvalidDescriptor} where it is not one JSON document. */
    static LocatedJson parse(String file, byte[] body) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), body)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw new InvalidDescriptor(file, 1, 1, "the file is empty");
            }
            LocatedJson value = read(file, parser, first);
            if (parser.nextToken() != null) {
                throw at(file, parser.currentTokenLocation(), "the file goes on after the JSON document");
            }
            return value;
        } catch (JacksonException e) {
            throw at(file, e.getLocation(), "not valid JSON: " + e.getOriginalMessage());
        }
    }

    private static LocatedJson read(String file, JsonParser parser, JsonToken token) {
        TokenStreamLocation place = parser.currentTokenLocation();
        Object content = switch (token) {
            case START_OBJECT -> members(file, parser);
            case START_ARRAY -> {
                List<LocatedJson> items = new ArrayList<>();
                for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
                    items.add(read(file, parser, next));
                }
                yield items;
            }
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Digits(parser.getString());
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw at(file, place, "unexpected " + token);
        };
        return new LocatedJson(content, place.getLineNr(), place.getColumnNr());
    }

    private static SequencedMap<String, Member> members(String file, JsonParser parser) {
        SequencedMap<String, Member> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            TokenStreamLocation place = parser.currentTokenLocation();
            String name = parser.currentName();
            LocatedJson value = read(file, parser, parser.nextToken());
            if (members.put(name, new Member(place.getLineNr(), place.getColumnNr(), value)) != null) {
                throw at(file, place, "the key '" + name + "' is there twice");
            }
        }
        return members;
    }

    private static InvalidDescriptor at(String file, TokenStreamLocation place, String reason) {
        return new InvalidDescriptor(file, place.getLineNr(), place.getColumnNr(), reason);
    }
}
