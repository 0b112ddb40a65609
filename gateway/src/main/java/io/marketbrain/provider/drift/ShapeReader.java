package io.marketbrain.provider.drift;

import io.marketbrain.json.JsonKind;
import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.provider.drift.Shape.Column;
import io.marketbrain.provider.drift.Shape.Columns;
import io.marketbrain.provider.drift.Shape.Items;
import io.marketbrain.provider.drift.Shape.Magnitude;
import io.marketbrain.provider.drift.Shape.Member;
import io.marketbrain.provider.drift.Shape.Members;
import io.marketbrain.provider.drift.Shape.Nothing;
import io.marketbrain.provider.drift.Shape.Scalar;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads the shapes of a provider's responses from the resource {@code providers/shapes/<id>.json}, which
 * {@code ProviderContract} writes from the recorded responses.
 */
public final class ShapeReader {
    private static final String NOTHING = "nothing";
    /** A column that is not read and has texts that are no numbers. */
    private static final String WORDS = "(words)";

    private ShapeReader() {}

    /** The forms of each operation's response; empty for a provider without recordings. */
    public static Map<String, List<Shape>> builtIn(String id) {
        String resource = "/providers/shapes/" + id + ".json";
        try (InputStream in = ShapeReader.class.getResourceAsStream(resource)) {
            return in == null ? Map.of() : read(JsonValue.parse(in.readAllBytes()));
        } catch (IOException | MalformedPayload e) {
            throw new IllegalStateException("the resource " + resource + " cannot be read", e);
        }
    }

    /** The forms in a document, by the name of the operation. */
    static Map<String, List<Shape>> read(JsonValue json) throws MalformedPayload {
        var forms = new TreeMap<String, List<Shape>>();
        for (Map.Entry<String, JsonValue> operation : json.members().entrySet()) {
            List<Shape> shapes = new ArrayList<>();
            for (JsonValue form : operation.getValue().items()) {
                shapes.add(shape(form));
            }
            forms.put(operation.getKey(), List.copyOf(shapes));
        }
        return Map.copyOf(forms);
    }

    private static Shape shape(JsonValue json) throws MalformedPayload {
        if (json.isText()) {
            return json.text().equals(NOTHING) ? new Nothing() : scalar(json.text());
        }
        if (json.find("each").isPresent()) {
            return new Items(shape(json.at("each")));
        }
        if (json.find("columns").isPresent()) {
            return columns(json);
        }
        return members(json);
    }

    private static Members members(JsonValue json) throws MalformedPayload {
        List<Member> read = new ArrayList<>();
        for (Map.Entry<String, JsonValue> member : json.at("read").members().entrySet()) {
            String name = member.getKey();
            boolean optional = name.endsWith("?");
            read.add(new Member(
                    optional ? name.substring(0, name.length() - 1) : name, shape(member.getValue()), optional));
        }
        Set<String> unread = new HashSet<>();
        for (JsonValue name : json.at("unread").items()) {
            unread.add(name.text());
        }
        return new Members(read, unread, json.find("others").isPresent() ? shape(json.at("others")) : null);
    }

    private static Columns columns(JsonValue json) throws MalformedPayload {
        List<Column> columns = new ArrayList<>();
        for (JsonValue column : json.at("columns").items()) {
            String text = column.text();
            boolean unread = text.startsWith("(");
            boolean words = text.equals(WORDS);
            String kinds = words ? "text" : unread ? text.substring(1, text.length() - 1) : text;
            columns.add(new Column(scalar(kinds), !unread, words));
        }
        return new Columns(columns, (int) json.at("least").integer());
    }

    /** Kinds, then what was seen of the values: {@code text in buy,sell} or {@code text|null ~-3..4}. */
    private static Scalar scalar(String text) {
        String[] words = text.split(" ", -1);
        Set<JsonKind> kinds = EnumSet.noneOf(JsonKind.class);
        for (String kind : words[0].split("\\|", -1)) {
            kinds.add(JsonKind.valueOf(kind.toUpperCase(Locale.ROOT)));
        }
        Set<String> values = Set.of();
        @Nullable Magnitude magnitude = null;
        for (int i = 1; i < words.length; i++) {
            if (words[i].startsWith("~")) {
                magnitude = magnitude(words[i].substring(1));
            } else if (!words[i].equals("in")) {
                values = Set.of(words[i].split(",", -1));
            }
        }
        return new Scalar(kinds, values, magnitude);
    }

    private static Magnitude magnitude(String range) {
        int dots = range.indexOf("..");
        return new Magnitude(Integer.parseInt(range.substring(0, dots)), Integer.parseInt(range.substring(dots + 2)));
    }
}
