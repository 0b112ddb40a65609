package io.marketbrain.payload;

import io.marketbrain.json.ChangedPayload;
import io.marketbrain.json.MalformedPayload;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** A row: it has values by name, and is neither a list nor a value itself. */
public interface PayloadRow extends PayloadNode {
    /** Its place in the document. */
    String place();

    @Override
    default boolean isList() {
        return false;
    }

    @Override
    default boolean isRepeatable() {
        return false;
    }

    @Override
    default List<PayloadNode> items() throws MalformedPayload {
        throw new ChangedPayload(place() + " is not a list");
    }

    @Override
    default SequencedMap<String, PayloadNode> members() {
        return new LinkedHashMap<>();
    }

    @Override
    default boolean isNull() {
        return false;
    }

    @Override
    default String text() throws MalformedPayload {
        throw new ChangedPayload(place() + " is not a text");
    }

    @Override
    default BigDecimal decimal() throws MalformedPayload {
        throw new ChangedPayload(place() + " is not a decimal");
    }
}
