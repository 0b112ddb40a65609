package io.marketbrain.payload;

import io.marketbrain.json.MalformedPayload;
import io.marketbrain.json.PayloadLimits;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
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
        String plain = text;
        if (decimalMark != '.') {
            if (text.indexOf('.') >= 0) {
                throw notDecimal();
            }
            plain = text.replace(decimalMark, '.');
        }
        return SentDecimal.find(plain, limits).orElseThrow(this::notDecimal);
    }

    private MalformedPayload notDecimal() {
        return new MalformedPayload(place + " is not a decimal");
    }

    @Override
    public String toString() {
        return place;
    }
}
