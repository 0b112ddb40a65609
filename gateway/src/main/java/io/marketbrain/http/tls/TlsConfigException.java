package io.marketbrain.http.tls;

/** A certificate or a key cannot be used. The message is meant for the operator and never contains key material. */
public final class TlsConfigException extends Exception {
    private static final long serialVersionUID = 1L;

    TlsConfigException(String message) {
        super(message, null, false, false);
    }

    public String words() {
        return String.valueOf(getMessage());
    }
}
