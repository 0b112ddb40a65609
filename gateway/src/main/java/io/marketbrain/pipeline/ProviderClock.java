package io.marketbrain.pipeline;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * How far a provider's clock is ahead of the gateway's, by the {@code Date} of its last response; zero without one.
 * Thread-safe.
 */
public final class ProviderClock {
    /** A {@code Date} further from the gateway's clock is taken for a fault of the provider and ignored. */
    static final Duration MAX_OFFSET = Duration.ofDays(1);

    /** Differences up to this come from the resolution of {@code Date}, one second, and the time in transit. */
    static final Duration RESOLUTION = Duration.ofSeconds(2);

    private volatile Duration offset = Duration.ZERO;

    /**
     * Takes the time of a response.
     *
     * @param date the {@code Date} of the response
     * @param receivedAt when it was received, by the gateway's clock
     */
    public void set(Instant date, Instant receivedAt) {
        Duration ahead = Duration.between(receivedAt, date);
        if (isPlausible(ahead)) {
            offset = ahead.abs().compareTo(RESOLUTION) <= 0 ? Duration.ZERO : ahead;
        }
    }

    /** Whether a clock can be that far from the gateway's. */
    public static boolean isPlausible(Duration offset) {
        return offset.abs().compareTo(MAX_OFFSET) <= 0;
    }

    /** How far the provider's clock is ahead of the gateway's; negative if it is behind. */
    public Duration offset() {
        return offset;
    }

    /** The provider's time, as far as it is known. */
    public InstantSource over(InstantSource gatewayClock) {
        return () -> gatewayClock.instant().plus(offset);
    }
}
