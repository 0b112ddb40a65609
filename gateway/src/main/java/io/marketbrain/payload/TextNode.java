package io.marketbrain.payload;

import io.marketbrain.json.MalformedPayload;
import io.marketbrain.json.PayloadLimits;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * A CSV cell, an XML attribute, or the name of a member.
 *
 * @param text the text, without the white space around it
 * @param place its place in the document
 * @param decimalMark the character between a number's whole part and its fraction
 */
record TextNode(String text, String place, char decimalMark, PayloadLimits limits) implements PayloadNode {

    @Override
    public List<PayloadNode> named(String step) {
        return List.of();
    }

    @Override
    public boolean isList() {
        return false;
    }

    @Override
    public boolean isRepeatable() {
        return false;
    }

    @Override
    public List<PayloadNode> items() throws MalformedPayload {
        throw new MalformedPayload(place + " is not a list");
    }

    @Override
    public SequencedMap<String, PayloadNode> members() throws MalformedPayload {
        if (text.isEmpty()) {
            return new LinkedHashMap<>();
        }
        throw new MalformedPayload(place + " is not an object");
    }

    @Override
    public boolean isNull() {
        return text.isEmpty();
    }

    @Override
    public BigDecimal decimal() throws MalformedPayload {
        return findDecimal(text, decimalMark, limits)
                .orElseThrow(() -> new MalformedPayload(place + " is not a decimal"));
    }

    /** The number that a text is; empty if it is none. */
    static Optional<BigDecimal> findDecimal(String text, char decimalMark, PayloadLimits limits) {
        if (decimalMark == '.') {
            return SentDecimal.find(text, limits);
        }
        return text.indexOf('.') >= 0 ? Optional.empty() : SentDecimal.find(text.replace(decimalMark, '.'), limits);
    }

    @Override
    public String toString() {
        return place;
    }
}
