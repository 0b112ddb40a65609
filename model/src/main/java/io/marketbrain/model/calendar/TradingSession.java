package io.marketbrain.model.calendar;

import java.time.Duration;
import java.time.Instant;

/** A time in which a market is open, from {@code opens} to {@code closes}. */
public record TradingSession(Instant opens, Instant closes) {
    /** How much of the time from {@code from} to {@code to} lies within the session. */
    public Duration overlap(Instant from, Instant to) {
        Instant first = from.isAfter(opens) ? from : opens;
        Instant last = to.isBefore(closes) ? to : closes;
        return first.isBefore(last) ? Duration.between(first, last) : Duration.ZERO;
    }

    public boolean contains(Instant instant) {
        return !instant.isBefore(opens) && instant.isBefore(closes);
    }
}
