package io.marketbrain.provider.mock;

import java.time.Duration;

/**
 * The faults that the mock market simulates, so that outages can be rehearsed. The seed and the request's number decide
 * which requests fail, so a rehearsal is repeatable.
 *
 * @param latency how long every response takes
 * @param errorRate the share of requests that fail with HTTP 503
 * @param throttleRate the share of requests that fail with HTTP 429
 * @param retryAfter the {@code Retry-After} sent with a 429
 * @param driftRate the share of payloads in which a documented field is renamed
 */
public record Faults(Duration latency, double errorRate, double throttleRate, Duration retryAfter, double driftRate) {
    public static final Faults NONE = new Faults(Duration.ZERO, 0, 0, Duration.ofSeconds(1), 0);

    /** The outcome of one request. */
    enum Verdict {
        SERVED,
        FAILED,
        THROTTLED,
        DRIFTED
    }

    public Faults {
        if (latency.isNegative() || retryAfter.isNegative()) {
            throw new IllegalArgumentException("the mock's latency and retry_after must not be negative");
        }
        checkShare("error_rate", errorRate);
        checkShare("throttle_rate", throttleRate);
        checkShare("drift_rate", driftRate);
        if (errorRate + throttleRate + driftRate > 1) {
            throw new IllegalArgumentException(
                    "the mock's error_rate, throttle_rate and drift_rate must add up to at most 1, not "
                            + (errorRate + throttleRate + driftRate));
        }
    }

    private static void checkShare(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException("the mock's " + name + " must be between 0 and 1, not " + value);
        }
    }

    /** The outcome of the request with this number. */
    Verdict verdict(long seed, long request) {
        double draw = Mix.unit(Mix.child(Mix.named(seed, "faults"), request));
        if (draw < errorRate) {
            return Verdict.FAILED;
        }
        if (draw < errorRate + throttleRate) {
            return Verdict.THROTTLED;
        }
        return draw < errorRate + throttleRate + driftRate ? Verdict.DRIFTED : Verdict.SERVED;
    }
}
