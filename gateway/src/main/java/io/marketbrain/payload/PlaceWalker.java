package io.marketbrain.payload;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.json.PlaceValue;
import io.marketbrain.json.PlaceValue.PlaceKind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lists the places of a document in JSON, CSV or XML: members of objects, columns of rows, elements and attributes. Bounded: of
 * a list only the first items are looked at, and objects with many members, whose names are data, are left out.
 */
public final class PlaceWalker {
    /** An object with more members than this has names that are data. */
    private static final int MAX_MEMBERS = 64;

    /** As many items of a list are looked at. */
    private static final int MAX_ITEMS = 4;

    private static final int MAX_DEPTH = 8;

    /** A longer text is not read as a number. */
    private static final int LONGEST_NUMBER = 40;

    /** Texts that stand for a missing number, as a null does. */
    private static final Set<String> NO_VALUES = Set.of("", "-", ".", "NaN", "nan", "null", "None", "N/A", "n/a");

    private final List<PlaceValue> found = new ArrayList<>();

    private PlaceWalker() {}

    /** The places in document order. */
    public static List<PlaceValue> places(PayloadNode document) {
        var walker = new PlaceWalker();
        try {
            if (document instanceof JsonPayloadNode(JsonValue json)) {
                walker.json("$", "$", json, 0, false);
            } else if (document.isList()) {
                walker.table(document);
            } else {
                walker.element("", document, 0);
            }
        } catch (MalformedPayload e) {
            throw new IllegalStateException("a list or object that is none", e);
        }
        return walker.found;
    }

    private void json(String path, String shown, JsonValue json, int depth, boolean inList) throws MalformedPayload {
        if (depth == MAX_DEPTH) {
            return;
        }
        if (json.isArray()) {
            List<JsonValue> items = json.items();
            if (inList && isRow(items)) {
                row(path, shown, items);
                return;
            }
            for (JsonValue item : items.subList(0, Math.min(MAX_ITEMS, items.size()))) {
                json(path + "[]", shown + "[]", item, depth + 1, true);
            }
        } else if (json.isObject()) {
            Map<String, JsonValue> members = json.members();
            if (members.size() <= MAX_MEMBERS) {
                for (Map.Entry<String, JsonValue> member : members.entrySet()) {
                    String inner = path + "." + member.getKey();
                    String name = shown + "." + shown(member);
                    add(inner, name, member.getValue(), false);
                    json(inner, name, member.getValue(), depth + 1, false);
                }
            }
        }
    }

    /** The name as a message may show it. */
    private static String shown(Map.Entry<String, JsonValue> member) {
        String path = member.getValue().toString();
        return path.substring(path.lastIndexOf('.') + 1);
    }

    /**
     * Whether items may have a meaning each: those of a list in a list, none of which has anything in it. Without any number it
     * may as well be a list of names, such as symbols; the reader of the places knows more.
     */
    private static boolean isRow(List<JsonValue> items) {
        return !items.isEmpty()
                && items.size() <= MAX_MEMBERS
                && items.stream().noneMatch(item -> item.isArray() || item.isObject());
    }

    private void row(String path, String shown, List<JsonValue> items) throws MalformedPayload {
        found.add(new PlaceValue(path + "#", shown, PlaceKind.LIST, null, null, false, items.size()));
        int column = 0;
        for (JsonValue item : items) {
            add(path + "[" + column + "]", shown + "[" + column + "]", item, true);
            column++;
        }
    }

    private void add(String path, String shown, JsonValue value, boolean column) throws MalformedPayload {
        switch (value.kind()) {
            case NULL -> found.add(PlaceValue.of(path, shown, null, column));
            case OBJECT -> found.add(PlaceValue.of(path, shown, PlaceKind.OBJECT, column));
            case ARRAY -> found.add(PlaceValue.of(path, shown, PlaceKind.LIST, column));
            case BOOLEAN -> found.add(PlaceValue.of(path, shown, PlaceKind.BOOLEAN, column));
            case NUMBER -> found.add(new PlaceValue(path, shown, PlaceKind.NUMBER, value.decimal(), null, column, 0));
            case TEXT -> text(path, shown, value.text(), column);
        }
    }

    private void table(PayloadNode rows) throws MalformedPayload {
        for (PayloadNode row :
                rows.items().subList(0, Math.min(MAX_ITEMS, rows.items().size()))) {
            for (Map.Entry<String, PayloadNode> cell : row.members().entrySet()) {
                leaf("column " + cell.getKey(), cell.getValue());
            }
        }
    }

    private void element(String path, PayloadNode element, int depth) throws MalformedPayload {
        if (depth == MAX_DEPTH) {
            return;
        }
        for (Map.Entry<String, PayloadNode> attribute : element.members().entrySet()) {
            leaf(path + attribute.getKey(), attribute.getValue());
        }
        List<PayloadNode> children = element.items();
        for (PayloadNode child : children.subList(0, Math.min(MAX_MEMBERS, children.size()))) {
            String name = child.toString();
            if (child.items().isEmpty()) {
                leaf(name, child);
            } else {
                found.add(PlaceValue.of(name, name, PlaceKind.OBJECT, false));
            }
            element(name + "/", child, depth + 1);
        }
    }

    private void leaf(String place, PayloadNode node) throws MalformedPayload {
        if (node.isNull()) {
            found.add(PlaceValue.of(place, place, null, false));
        } else {
            text(place, place, node.text(), false);
        }
    }

    private void text(String path, String shown, String text, boolean column) {
        if (NO_VALUES.contains(text)) {
            found.add(PlaceValue.of(path, shown, null, column));
            return;
        }
        BigDecimal number = findNumber(text);
        PlaceKind kind = number == null ? PlaceKind.TEXT : PlaceKind.NUMERIC_TEXT;
        found.add(new PlaceValue(path, shown, kind, number, text, column, 0));
    }

    private static @Nullable BigDecimal findNumber(String text) {
        if (text.isEmpty() || text.length() > LONGEST_NUMBER) {
            return null;
        }
        for (int i = 0; i < text.length(); i++) {
            if ("0123456789.,+-eE".indexOf(text.charAt(i)) < 0) {
                return null;
            }
        }
        try {
            return new BigDecimal(text.replace(',', '.'));
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
