package io.marketbrain.provider;

/** Thrown inside adapters when a payload is not what the provider documents; never leaves {@link ProviderSource}. */
public final class MalformedPayload extends Exception {
    private static final long serialVersionUID = 1L;

    public MalformedPayload(String message) {
        super(message);
    }
}
