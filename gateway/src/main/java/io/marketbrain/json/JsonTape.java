package io.marketbrain.json;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A parsed document: its bytes, and an integer for each scalar and each name, two for each array and object, in document
 * order. The upper four bits of a node's first integer say what it is. The lower 28 are the position of a scalar or name
 * in the bytes, and the number of elements of an array or object, whose second integer is the index of the node after it.
 * A member is the node of its name followed by its value. Bytes and integers are never changed once the document is read.
 *
 * @param list the name of the array that this document is an item of; empty if it stands alone
 */
@SuppressWarnings("ArrayRecordComponent") // documents are never compared
record JsonTape(byte[] body, int[] nodes, String list, int item) {
    static final int NULL = 0;
    static final int TRUE = 1;
    static final int FALSE = 2;
    static final int NUMBER = 3;
    static final int TEXT = 4;
    /** A text with escapes in it. */
    static final int ESCAPED = 5;

    static final int ARRAY = 6;
    static final int OBJECT = 7;

    static final int KIND_SHIFT = 28;
    static final int LOW = (1 << KIND_SHIFT) - 1;
    private static final int NONE = -1;
    private static final int LONGEST_SHOWN = 64;

    static int node(int kind, int low) {
        return (kind << KIND_SHIFT) | low;
    }

    int kind(int index) {
        return nodes[index] >>> KIND_SHIFT;
    }

    int position(int index) {
        return nodes[index] & LOW;
    }

    int count(int container) {
        return nodes[container] & LOW;
    }

    boolean isText(int index) {
        int kind = kind(index);
        return kind == TEXT || kind == ESCAPED;
    }

    /** The index of the node after the whole of this one. */
    int next(int index) {
        return kind(index) >= ARRAY ? nodes[index + 1] : index + 1;
    }

    static int first(int container) {
        return container + 2;
    }

    /** The text or name at {@code index}. */
    String text(int index) {
        return JsonText.decode(body, position(index), kind(index) == ESCAPED);
    }

    /** A number as it was sent. */
    String digits(int index) {
        int from = position(index);
        return new String(body, from, JsonNumber.validEnd(body, from) - from, StandardCharsets.US_ASCII);
    }

    /** The number, or the text of digits, at {@code index}; null if it is none. */
    @Nullable
    BigDecimal decimal(int index) {
        int from = position(index);
        return switch (kind(index)) {
            case NUMBER -> JsonNumber.decimal(body, from, JsonNumber.validEnd(body, from));
            case TEXT -> JsonNumber.decimal(body, from, JsonText.end(body, from));
            default -> {
                byte[] text = text(index).getBytes(StandardCharsets.UTF_8);
                yield JsonNumber.decimal(text, 0, text.length);
            }
        };
    }

    /** The value of the member {@code name} of {@code object}; negative if there is none. */
    int member(int object, String name) {
        return member(first(object), nodes[object + 1], name);
    }

    /** The value of the member {@code name} among those from the index {@code from} up to {@code end}; negative if none. */
    int member(int from, int end, String name) {
        for (int at = from; at < end; at = next(at + 1)) {
            if (isNamed(at, name)) {
                return at + 1;
            }
        }
        return NONE;
    }

    private boolean isNamed(int index, String name) {
        if (kind(index) == ESCAPED) {
            return text(index).equals(name);
        }
        int from = position(index);
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c > 127) {
                return text(index).equals(name);
            }
            // A name cannot run past the end of the body: its closing quote differs from all that a plain name has.
            if (body[from + i] != c || c == '"') {
                return false;
            }
        }
        return body[from + name.length()] == '"';
    }

    /** Whether two names without escapes are the same. */
    boolean isSameName(int one, int other) {
        int a = position(one);
        int b = position(other);
        while (body[a] == body[b]) {
            if (body[a] == '"') {
                return true;
            }
            a++;
            b++;
        }
        return false;
    }

    /** The item {@code number} of {@code array}, which has so many. */
    int item(int array, int number) {
        int from = first(array);
        if (nodes[array + 1] - from == count(array)) {
            return from + number;
        }
        int at = from;
        for (int i = 0; i < number; i++) {
            at = next(at);
        }
        return at;
    }

    /** Where a node stands, such as {@code $.bids[3][0]}; found by search, for messages. */
    String path(int index) {
        var path = new StringBuilder("$");
        if (!list.isEmpty()) {
            path.append('.').append(list).append('[').append(item).append(']');
        }
        int at = 0;
        while (at != index) {
            boolean object = kind(at) == OBJECT;
            int child = first(at);
            int number = 0;
            while (next(object ? child + 1 : child) <= index) {
                child = next(object ? child + 1 : child);
                number++;
            }
            if (object) {
                path.append('.').append(shown(text(child)));
                child++;
            } else {
                path.append('[').append(number).append(']');
            }
            at = child;
        }
        return path.toString();
    }

    /** A name from outside as it may stand in a message. */
    private static String shown(String name) {
        boolean plain = name.length() <= LONGEST_SHOWN && name.chars().allMatch(c -> c > ' ' && c < 127);
        return plain ? name : "(a name of " + name.getBytes(StandardCharsets.UTF_8).length + " bytes)";
    }
}
