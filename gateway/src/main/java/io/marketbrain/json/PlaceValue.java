package io.marketbrain.json;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What stands at one place of a JSON document, or of a table or XML document read like one. A null is a value of no kind.
 *
 * @param path the place; items of a list share one, unless the list is a row, whose items have a meaning each
 * @param shown the place as a message may show it
 * @param number the number, or that in the text; null if there is none
 * @param text the text; null if it is none
 * @param column whether it is an item of a row, whose neighbours have moved if it is of another kind
 * @param items how many items a row has, which is followed by its columns; zero for anything else
 */
public record PlaceValue(
        String path,
        String shown,
        @Nullable PlaceKind kind,
        @Nullable BigDecimal number,
        @Nullable String text,
        boolean column,
        int items) {

    /** What can stand at a place, apart from nothing. */
    public enum PlaceKind {
        NUMBER(1, "a number"),
        NUMERIC_TEXT(2, "a number in a text"),
        TEXT(4, "a text"),
        BOOLEAN(8, "a boolean"),
        OBJECT(16, "an object"),
        LIST(32, "a list");

        private final int bit;
        private final String words;

        PlaceKind(int bit, String words) {
            this.bit = bit;
            this.words = words;
        }

        /** A bit of its own, for sets of kinds. */
        public int bit() {
            return bit;
        }

        /** How a message names it. */
        public String words() {
            return words;
        }
    }

    /** Whether it is a number, also one in a text. */
    public boolean isNumeric() {
        return kind == PlaceKind.NUMBER || kind == PlaceKind.NUMERIC_TEXT;
    }

    /** A value of a kind that has nothing to compare but the kind; null for a null. */
    public static PlaceValue of(String path, String shown, @Nullable PlaceKind kind, boolean column) {
        return new PlaceValue(path, shown, kind, null, null, column, 0);
    }
}
