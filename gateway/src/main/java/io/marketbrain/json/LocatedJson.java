package io.marketbrain.json;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
public record LocatedJson(@Nullable Object content, int line, int column) {
    private static final JsonFactory FACTORY = new JsonFactory();

    /** A number, as text. */
    public record Digits(String text) {}

    /** A member of an object, with the place of its name. */
    public record Member(int line, int column, LocatedJson value) {}

    /** Where and why a text is not one JSON document. */
    public static final class Invalid extends Exception {
        private static final long serialVersionUID = 1L;

        private final int line;
        private final int column;
        private final String reason;

        Invalid(int line, int column, String reason) {
            super(line + ":" + column + ": " + reason);
            this.line = line;
            this.column = column;
            this.reason = reason;
        }

        public int line() {
            return line;
        }

        public int column() {
            return column;
        }

        public String reason() {
            return reason;
        }
    }

    /** The document in {@code body}. */
    public static LocatedJson parse(byte[] body) throws Invalid {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), body)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw new Invalid(1, 1, "the file is empty");
            }
            LocatedJson value = read(parser, first);
            if (parser.nextToken() != null) {
                throw at(parser.currentTokenLocation(), "the file goes on after the JSON document");
            }
            return value;
        } catch (JacksonException e) {
            throw at(e.getLocation(), "not valid JSON: " + reason(e));
        }
    }

    /**
     * The value without places: a map in the order of the document, a list, a {@code String}, a {@code BigDecimal}, a
     * {@code Boolean} or null.
     *
     * @throws NumberFormatException if a number in it is too large
     */
    public @Nullable Object plain() {
        return switch (content) {
            case Map<?, ?> object -> {
                var plain = new LinkedHashMap<String, @Nullable Object>();
                object.forEach((name, member) ->
                        plain.put((String) name, ((Member) member).value().plain()));
                yield plain;
            }
            case List<?> list -> {
                var plain = new ArrayList<@Nullable Object>();
                list.forEach(item -> plain.add(((LocatedJson) item).plain()));
                yield plain;
            }
            case Digits(String text) -> new BigDecimal(text);
            case null, default -> content;
        };
    }

    /** What the library says, without its own note of a place. */
    private static String reason(JacksonException e) {
        String text = e.getOriginalMessage();
        int note = text.indexOf(" (start marker at");
        return note < 0 ? text : text.substring(0, note);
    }

    private static LocatedJson read(JsonParser parser, JsonToken token) throws Invalid {
        TokenStreamLocation place = parser.currentTokenLocation();
        Object content = switch (token) {
            case START_OBJECT -> members(parser);
            case START_ARRAY -> {
                List<LocatedJson> items = new ArrayList<>();
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
            default -> throw at(place, "unexpected " + token);
        };
        return new LocatedJson(content, place.getLineNr(), place.getColumnNr());
    }

    private static SequencedMap<String, Member> members(JsonParser parser) throws Invalid {
        SequencedMap<String, Member> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            TokenStreamLocation place = parser.currentTokenLocation();
            String name = parser.currentName();
            LocatedJson value = read(parser, parser.nextToken());
            if (members.put(name, new Member(place.getLineNr(), place.getColumnNr(), value)) != null) {
                throw at(place, "the key '" + name + "' appears twice");
            }
        }
        return members;
    }

    private static Invalid at(TokenStreamLocation place, String reason) {
        return new Invalid(place.getLineNr(), place.getColumnNr(), reason);
    }
}
