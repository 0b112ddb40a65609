package io.marketbrain.facade.kraken;

/** A message of a client cannot be followed; the message says why in Kraken's words. */
final class KrakenRefusal extends Exception {
    static final String MARKET_DATA_ONLY = "EGeneral:Permission denied: this gateway serves market data only";

    private static final long serialVersionUID = 1L;

    KrakenRefusal(String message) {
        super(message);
    }

    String words() {
        return String.valueOf(getMessage());
    }
}
