package io.marketbrain.pipeline;

import java.util.Locale;

/** How far a purge of the cache has come; this gateway serves nothing older in any case. A later constant is the lesser reach. */
public enum PurgeReach {
    /** Every gateway that was listening has confirmed it, or there is no Redis to share. */
    CONFIRMED,
    /**
     * Redis has it, so that nothing older is read from Redis; another gateway has not confirmed in time that it removed what it has
     * in memory.
     */
    SENT,
    /** Redis has not confirmed it; it is sent again until Redis does. */
    PENDING,
    /** It cannot be sent: too many purges are waiting for Redis. */
    LOCAL;

    private final String wire = name().toLowerCase(Locale.ROOT);

    /** The name in JSON: lower case. */
    public String wire() {
        return wire;
    }

    /** The lesser of two reaches. */
    public PurgeReach and(PurgeReach other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
