package io.marketbrain.api;

import io.marketbrain.model.CallId;
import java.util.Optional;

/** A request and what is known about it while it is processed. Not thread-safe. */
final class Exchange {
    private final Incoming request;
    private final CallId callId;
    private HttpMeter meter;
    private boolean keyed;
    private Optional<CallerRates.Use> use = Optional.empty();

    /** Until the response exists, the time the request arrived; then how long it took. */
    private long nanos;

    /** @param meter counts the request until its route is known */
    Exchange(Incoming request, CallId callId, HttpMeter meter, long startNanos) {
        this.request = request;
        this.callId = callId;
        this.meter = meter;
        this.nanos = startNanos;
    }

    Incoming request() {
        return request;
    }

    CallId callId() {
        return callId;
    }

    /** Records that a route was found, whose {@code meter} counts the request. */
    void found(HttpMeter meter) {
        this.meter = meter;
    }

    HttpMeter meter() {
        return meter;
    }

    /** Records that the caller presented a valid key. */
    void admitted(Optional<CallerRates.Use> use) {
        this.keyed = true;
        this.use = use;
    }

    /** Whether the caller has a key, so that the response is private to it. */
    boolean keyed() {
        return keyed;
    }

    /** The caller's use of its rate limit; empty if it has none. */
    Optional<CallerRates.Use> use() {
        return use;
    }

    /** Stops the clock: what filters do to the response afterwards does not count. */
    void answered(long nowNanos) {
        nanos = nowNanos - nanos;
    }

    /** How long the request took, in nanoseconds. */
    long tookNanos() {
        return nanos;
    }
}
