package io.marketbrain.stream;

/** Why the gateway ends a client's stream. */
public enum ClientEnd {
    /** The client reads too slowly. */
    SLOW("the client reads too slowly"),
    /** The client's key has been revoked. */
    REVOKED("the API key has been revoked"),
    /** The gateway is stopping. */
    STOPPING("the gateway is stopping"),
    /** The client has set its simulated clock to an earlier time. */
    CLOCK_SET_BACK("the simulated clock was set back"),
    /** The client has left. */
    LEFT("the client has left");

    private final String reason;

    ClientEnd(String reason) {
        this.reason = reason;
    }

    /** The reason in words, for people. */
    public String reason() {
        return reason;
    }
}
