package io.marketbrain.facade.mcp;

import io.marketbrain.api.rendering.JsonDocument;
import io.marketbrain.json.JsonKind;
import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import java.math.BigDecimal;
import java.util.Optional;

/** The id of a JSON-RPC request, which its response repeats: a text or a whole number. */
sealed interface RpcId {
    record Text(String value) implements RpcId {}

    record Whole(BigDecimal value) implements RpcId {}

    /** Of an error about something that is no readable request. */
    record Unknown() implements RpcId {}

    default void write(JsonDocument json) {
        switch (this) {
            case Text(String value) -> json.put("id", value);
            case Whole(BigDecimal value) -> json.number("id", value);
            case Unknown _ -> json.put("id", (String) null);
        }
    }

    /** The id of a message; empty if it is of another kind. */
    static Optional<RpcId> find(JsonValue value) throws MalformedPayload {
        if (value.isText()) {
            return Optional.of(new Text(value.text()));
        }
        boolean whole = value.kind() == JsonKind.NUMBER
                && value.decimal().stripTrailingZeros().scale() <= 0;
        return whole ? Optional.of(new Whole(value.decimal())) : Optional.empty();
    }
}
