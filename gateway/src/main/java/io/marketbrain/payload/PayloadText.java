package io.marketbrain.payload;

import io.marketbrain.json.MalformedPayload;
import io.marketbrain.json.PayloadLimits;
import java.math.BigDecimal;
import java.util.Optional;

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
     * The number that a text is which is written with this decimal mark.
     *
     * @throws MalformedPayload if it is not a decimal; names the place of the node
     */
    public static BigDecimal decimal(PayloadNode node, char decimalMark, PayloadLimits limits) throws MalformedPayload {
        Optional<BigDecimal> decimal = TextNode.findDecimal(node.text(), decimalMark, limits);
        if (decimal.isEmpty()) {
            throw new MalformedPayload(node, " is not a decimal");
        }
        return decimal.get();
    }
}
