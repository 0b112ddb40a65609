package io.marketbrain.provider.mock;

import io.marketbrain.mock.SplitMix64;
import io.marketbrain.model.SettingRange;
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
public record FaultInjection(
        Duration latency, double errorRate, double throttleRate, Duration retryAfter, double driftRate) {
    public static final SettingRange<Duration> LATENCY =
            SettingRange.of("mock.latency", Duration.ZERO, Duration.ofMinutes(1));
    public static final SettingRange<Duration> RETRY_AFTER =
            SettingRange.of("mock.retry_after", Duration.ZERO, Duration.ofHours(1));
    public static final SettingRange<Double> ERROR_RATE = rate("mock.error_rate");
    public static final SettingRange<Double> THROTTLE_RATE = rate("mock.throttle_rate");
    public static final SettingRange<Double> DRIFT_RATE = rate("mock.drift_rate");

    public static final FaultInjection NONE = new FaultInjection(Duration.ZERO, 0, 0, Duration.ofSeconds(1), 0);

    /** The outcome of one request. */
    enum Verdict {
        SERVED,
        FAILED,
        THROTTLED,
        DRIFTED
    }

    public FaultInjection {
        LATENCY.check(latency);
        RETRY_AFTER.check(retryAfter);
        boolean related = errorRate + throttleRate + driftRate <= 1;
        ERROR_RATE.check(errorRate, related);
        THROTTLE_RATE.check(throttleRate, related);
        DRIFT_RATE.check(driftRate, related);
    }

    private static SettingRange<Double> rate(String key) {
        return SettingRange.of(key, 0.0, 1.0)
                .and("mock.error_rate, mock.throttle_rate and mock.drift_rate must not add up to more than 1");
    }

    /** The outcome of the request with this number. */
    Verdict verdict(long seed, long request) {
        double draw = SplitMix64.unit(SplitMix64.child(SplitMix64.named(seed, "faults"), request));
        if (draw < errorRate) {
            return Verdict.FAILED;
        }
        if (draw < errorRate + throttleRate) {
            return Verdict.THROTTLED;
        }
        return draw < errorRate + throttleRate + driftRate ? Verdict.DRIFTED : Verdict.SERVED;
    }
}
