package io.marketbrain.api.tls;

/** Why a certificate or a key cannot be used, in words for the owner that never repeat a key. */
public final class Unusable extends Exception {
    private static final long serialVersionUID = 1L;

    Unusable(String message) {
        super(message, null, false, false);
    }

    public String words() {
        return String.valueOf(getMessage());
    }
}
