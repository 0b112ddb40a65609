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
 * @param marks how it is written if it is a number
 */
record TextNode(String text, String place, NumberMarks marks, PayloadLimits limits) implements PayloadNode {

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
        return marks.find(text, limits).orElseThrow(() -> new MalformedPayload(place + " is not a decimal"));
    }

    @Override
    public String toString() {
        return place;
    }
}
