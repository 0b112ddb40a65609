package io.marketbrain.api.tls;

/** A certificate or a key cannot be used. The message is meant for the operator and never contains key material. */
public final class Unusable extends Exception {
    private static final long serialVersionUID = 1L;

    Unusable(String message) {
        super(message, null, false, false);
    }

    public String words() {
        return String.valueOf(getMessage());
    }
}
