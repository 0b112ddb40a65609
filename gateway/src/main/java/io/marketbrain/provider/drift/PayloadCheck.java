package io.marketbrain.provider.drift;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.json.PlaceValue;
import java.util.List;
import java.util.function.Supplier;

/** Sees the JSON of a payload before the adapter reads it; an exception keeps the adapter from reading it. */
public interface PayloadCheck {
    /** Accepts everything. */
    PayloadCheck NONE = new PayloadCheck() {
        @Override
        public void document(JsonValue json) {}

        @Override
        public void item(String member, JsonValue item) {}

        @Override
        public void places(Supplier<String> form, Supplier<List<PlaceValue>> places) {}
    };

    /** The whole body as one document. */
    void document(JsonValue json) throws MalformedPayload;

    /**
     * What stands where in the whole body, a document of any format that rules read.
     *
     * @param form a name of these rules
     * @param places valid until the payload is closed
     */
    void places(Supplier<String> form, Supplier<List<PlaceValue>> places) throws MalformedPayload;

    /** One item of the array {@code member} of a body that is read item by item. */
    void item(String member, JsonValue item) throws MalformedPayload;
}
