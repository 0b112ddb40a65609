package io.marketbrain.facade;

import io.marketbrain.json.JsonOutput;

/** The ids of trades, which exchanges write as numbers. Pure. */
public final class TradeIds {
    private static final int MAX_DIGITS = 18;

    private TradeIds() {}

    /** Writes an id: as a number where it is one. */
    public static void write(JsonOutput out, String id) {
        if (isNumber(id)) {
            out.number(id);
        } else {
            out.text(id);
        }
    }

    /** Whether an id is a whole number that fits 64 bits. */
    public static boolean isNumber(String id) {
        return !id.isEmpty()
                && id.length() <= MAX_DIGITS
                && id.chars().allMatch(c -> c >= '0' && c <= '9')
                && (id.length() == 1 || id.charAt(0) != '0');
    }
}
