package io.marketbrain.provider.drift;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;

/** Sees the JSON of a payload before the adapter reads it; an exception keeps the adapter from reading it. */
public interface PayloadCheck {
    /** Accepts everything. */
    PayloadCheck NONE = new PayloadCheck() {
        @Override
        public void document(JsonValue json) {}

        @Override
        public void item(String member, JsonValue item) {}
    };

    /** The whole body as one document. */
    void document(JsonValue json) throws MalformedPayload;

    /** One item of the array {@code member} of a body that is read item by item. */
    void item(String member, JsonValue item) throws MalformedPayload;
}
