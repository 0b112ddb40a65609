package io.marketbrain.provider.mock;

import java.time.Duration;

/**
 * What the mock market does wrong on purpose, so that outages can be rehearsed. Which request is hit follows from the
 * seed and the request's number, so a rehearsal can be repeated.
 *
 * @param latency how long every answer takes
 * @param errorRate the share of requests answered with HTTP 503
 * @param throttleRate the share answered with HTTP 429
 * @param retryAfter what a 429 asks for
 * @param driftRate the share of payloads in which a field has another name than documented
 */
public record Faults(Duration latency, double errorRate, double throttleRate, Duration retryAfter, double driftRate) {
    public static final Faults NONE = new Faults(Duration.ZERO, 0, 0, Duration.ofSeconds(1), 0);

    /** What happens to one request. */
    enum Verdict {
        SERVED,
        FAILED,
        THROTTLED,
        DRIFTED
    }

    public Faults {
        if (latency.isNegative() || retryAfter.isNegative()) {
            throw new IllegalArgumentException("a duration of the mock's faults is negative");
        }
        share("error_rate", errorRate);
        share("throttle_rate", throttleRate);
        share("drift_rate", driftRate);
        if (errorRate + throttleRate + driftRate > 1) {
            throw new IllegalArgumentException("the mock's error, throttle and drift rates add up to more than 1");
        }
    }

    private static void share(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException("the mock's " + name + " must lie between 0 and 1, not " + value);
        }
    }

    /** The verdict on the request of that number. */
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
