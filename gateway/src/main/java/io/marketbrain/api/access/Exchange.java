package io.marketbrain.api.access;

import io.marketbrain.api.request.RawRequest;
import io.marketbrain.api.routing.RouteMeter;
import io.marketbrain.model.CallId;
import java.util.Optional;

/** A request and what is known about it while it is processed. Not thread-safe. */
public final class Exchange {
    private final RawRequest request;
    private final CallId callId;
    private RouteMeter meter;
    private boolean keyed;
    private Optional<CallerRateLimits.Use> use = Optional.empty();

    /** Until the response exists, the time the request arrived; then how long it took. */
    private long nanos;

    /** @param meter counts the request until its route is known */
    public Exchange(RawRequest request, CallId callId, RouteMeter meter, long startNanos) {
        this.request = request;
        this.callId = callId;
        this.meter = meter;
        this.nanos = startNanos;
    }

    public RawRequest request() {
        return request;
    }

    public CallId callId() {
        return callId;
    }

    /** Records that a route was found, whose {@code meter} counts the request. */
    public void found(RouteMeter meter) {
        this.meter = meter;
    }

    public RouteMeter meter() {
        return meter;
    }

    /** Records that the caller presented a valid key. */
    public void admitted(Optional<CallerRateLimits.Use> use) {
        this.keyed = true;
        this.use = use;
    }

    /** Whether the caller has a key, so that the response is private to it. */
    public boolean keyed() {
        return keyed;
    }

    /** The caller's use of its rate limit; empty if it has none. */
    public Optional<CallerRateLimits.Use> use() {
        return use;
    }

    /** Stops the clock: what filters do to the response afterwards does not count. */
    public void answered(long nowNanos) {
        nanos = nowNanos - nanos;
    }

    /** How long the request took, in nanoseconds. */
    public long tookNanos() {
        return nanos;
    }
}
