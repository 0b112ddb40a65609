package io.marketbrain.api;

import io.marketbrain.model.CallId;
import java.util.Optional;

/** One request on its way through the API, and what is known of it so far. Used by one thread. */
final class Exchange {
    private final Incoming request;
    private final CallId callId;
    private HttpMeter meter;
    private boolean keyed;
    private Optional<CallerRates.Use> use = Optional.empty();

    /** When the request arrived, until there is a response; from then on how long that took. */
    private long nanos;

    /** @param meter what counts the request until its path is known */
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

    /** The path of the request is known: {@code meter} counts it. */
    void found(HttpMeter meter) {
        this.meter = meter;
    }

    HttpMeter meter() {
        return meter;
    }

    /** The caller has shown a key. */
    void admitted(Optional<CallerRates.Use> use) {
        this.keyed = true;
        this.use = use;
    }

    /** Whether the caller came in with a key, so that the response is its own. */
    boolean keyed() {
        return keyed;
    }

    /** What the caller has used of its requests; empty where nobody counts. */
    Optional<CallerRates.Use> use() {
        return use;
    }

    /** The response is there: whatever is done to it from here on does not count for its time. */
    void answered(long nowNanos) {
        nanos = nowNanos - nanos;
    }

    /** How long the answer took, in nanoseconds. */
    long tookNanos() {
        return nanos;
    }
}
