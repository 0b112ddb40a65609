package io.marketbrain.payload;

import io.marketbrain.json.MalformedPayload;
import io.marketbrain.json.PayloadLimits;
import java.math.BigDecimal;
import java.util.Optional;

/** Texts of payloads that are no values of their format, such as the names of members, as values. Pure. */
public final class PayloadText {
    private static final int SHOWN = 40;

    private PayloadText() {}

    /**
     * A text as a value.
     *
     * @param place what error messages call it
     */
    public static PayloadNode of(String text, String place, PayloadLimits limits) {
        return new TextNode(text, place, NumberMarks.USUAL, limits);
    }

    /**
     * The number that a text is which is written with these marks.
     *
     * @throws MalformedPayload if it is not a decimal; names the place of the node
     */
    public static BigDecimal decimal(PayloadNode node, NumberMarks marks, PayloadLimits limits)
            throws MalformedPayload {
        Optional<BigDecimal> decimal = marks.find(node.text(), limits);
        if (decimal.isEmpty()) {
            throw notDecimal(node);
        }
        return decimal.get();
    }

    /** What is wrong with a text or number that should be a decimal: its place, and what it is. */
    public static MalformedPayload notDecimal(PayloadNode node) throws MalformedPayload {
        return new MalformedPayload(node, " is not a decimal: " + shown(node.text()));
    }

    /** The beginning of a text in quotation marks, for a message; other characters than printable ASCII are {@code ?}. */
    public static String shown(String text) {
        String start = text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text;
        return "'" + start.replaceAll("[^ -~]", "?") + "'";
    }
}
