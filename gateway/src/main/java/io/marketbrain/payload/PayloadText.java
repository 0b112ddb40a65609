package io.marketbrain.payload;

import io.marketbrain.json.PayloadLimits;

/** Texts of payloads that are no values of their format, such as the names of members, as values. Pure. */
public final class PayloadText {
    private PayloadText() {}

    /**
     * A text as a value.
     *
     * @param place what error messages call it
     */
    public static PayloadNode of(String text, String place, PayloadLimits limits) {
        return new TextNode(text, place, '.', limits);
    }

    /**
     * A text as a number that is written with this decimal mark.
     *
     * @param place what error messages call it
     */
    public static PayloadNode number(String text, char decimalMark, String place, PayloadLimits limits) {
        return new TextNode(text, place, decimalMark, limits);
    }
}
