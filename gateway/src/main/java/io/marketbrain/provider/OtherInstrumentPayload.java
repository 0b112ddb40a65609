package io.marketbrain.provider;

import io.marketbrain.json.MalformedPayload;

/** Thrown where a response is well-formed, but of another instrument than was requested. */
public final class OtherInstrumentPayload extends MalformedPayload {
    private static final long serialVersionUID = 1L;

    /** @param wanted the provider's name of the instrument that was requested */
    public OtherInstrumentPayload(String wanted) {
        super("data of another instrument than " + wanted);
    }
}
