package io.marketbrain.facade.coinbase;

/** A message of a client cannot be followed; says why in Coinbase's words. */
final class CoinbaseRefusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;

    CoinbaseRefusal(String message, String reason) {
        super(message);
        this.reason = reason;
    }

    /** A subscription that cannot be made. */
    static CoinbaseRefusal subscription(String reason) {
        return new CoinbaseRefusal("Failed to subscribe", reason);
    }

    /** What Coinbase says in the first place. */
    String words() {
        return String.valueOf(getMessage());
    }

    /** The details; may be empty. */
    String reason() {
        return reason;
    }
}
