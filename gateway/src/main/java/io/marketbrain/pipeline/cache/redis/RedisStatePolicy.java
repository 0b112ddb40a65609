package io.marketbrain.pipeline.cache.redis;

import io.marketbrain.pipeline.cache.tier.SharedTier.State;
import io.marketbrain.store.redis.RedisFault;

/** Decides the next state of the connection to Redis for each event. Pure. */
final class RedisStatePolicy {
    /** The number of consecutive timeouts after which Redis counts as down. */
    static final int TIMEOUTS_TO_DOWN = 3;

    private RedisStatePolicy() {}

    /** The events. */
    enum Event {
        /** A probe wrote, read and deleted. */
        PROBE_PASSED,
        /** A probe was answered but could not write. */
        PROBE_READ_ONLY,
        /** A probe was rejected. */
        PROBE_REFUSED,
        /** A probe was not answered. */
        PROBE_FAILED,
        /** Pending purges and writes have been sent. */
        RECOVERED,
        RECOVERY_FAILED,
        /** An operation was answered. */
        ANSWERED,
        /** An operation was not answered in time. */
        TIMED_OUT,
        /** A connection broke. */
        LOST,
        /** Redis replied that it is temporarily unavailable: loading, busy, without a master. */
        UNAVAILABLE,
        /** Redis replied that it accepts no writes. */
        WRITE_REFUSED,
        /** Redis rejected this gateway, or the server does not speak its protocol. */
        REJECTED;

        /** The event that a failed operation is. */
        static Event of(RedisFault fault) {
            return switch (fault) {
                case LOST -> LOST;
                case TIMED_OUT -> TIMED_OUT;
                case UNAVAILABLE -> UNAVAILABLE;
                case READ_ONLY -> WRITE_REFUSED;
                case REJECTED -> REJECTED;
                case NO_SCRIPT, COMMAND_FAILED -> ANSWERED;
            };
        }
    }

    /**
     * A state with the consecutive timeouts seen in it.
     *
     * @param timeouts how many consecutive operations timed out
     */
    record TrackedState(State state, int timeouts) {
        static TrackedState in(State state) {
            return new TrackedState(state, 0);
        }
    }

    static TrackedState after(TrackedState now, Event event) {
        return switch (now.state()) {
            case OFF -> now;
            case CONNECTING, DOWN, REFUSED -> probed(now, event);
            case RECOVERING ->
                switch (event) {
                    case RECOVERED -> TrackedState.in(State.UP);
                    case RECOVERY_FAILED, LOST, UNAVAILABLE -> TrackedState.in(State.DOWN);
                    case WRITE_REFUSED -> TrackedState.in(State.READ_ONLY);
                    case REJECTED -> TrackedState.in(State.REFUSED);
                    case PROBE_PASSED, PROBE_READ_ONLY, PROBE_REFUSED, PROBE_FAILED, ANSWERED, TIMED_OUT -> now;
                };
            case UP ->
                switch (event) {
                    case WRITE_REFUSED -> TrackedState.in(State.READ_ONLY);
                    case PROBE_PASSED, PROBE_READ_ONLY, PROBE_REFUSED, PROBE_FAILED, RECOVERED, RECOVERY_FAILED -> now;
                    case ANSWERED, TIMED_OUT, LOST, UNAVAILABLE, REJECTED -> served(now, event);
                };
            case READ_ONLY ->
                switch (event) {
                    case PROBE_PASSED, PROBE_READ_ONLY, PROBE_REFUSED, PROBE_FAILED -> probed(now, event);
                    case WRITE_REFUSED, RECOVERED, RECOVERY_FAILED -> now;
                    case ANSWERED, TIMED_OUT, LOST, UNAVAILABLE, REJECTED -> served(now, event);
                };
        };
    }

    private static TrackedState probed(TrackedState now, Event event) {
        return switch (event) {
            case PROBE_PASSED -> TrackedState.in(State.RECOVERING);
            case PROBE_READ_ONLY -> now.state() == State.READ_ONLY ? now : TrackedState.in(State.READ_ONLY);
            case PROBE_REFUSED -> TrackedState.in(State.REFUSED);
            case PROBE_FAILED -> TrackedState.in(State.DOWN);
            case RECOVERED, RECOVERY_FAILED, ANSWERED, TIMED_OUT, LOST, UNAVAILABLE, WRITE_REFUSED, REJECTED -> now;
        };
    }

    private static TrackedState served(TrackedState now, Event event) {
        return switch (event) {
            case ANSWERED -> now.timeouts() == 0 ? now : TrackedState.in(now.state());
            case TIMED_OUT ->
                now.timeouts() + 1 >= TIMEOUTS_TO_DOWN
                        ? TrackedState.in(State.DOWN)
                        : new TrackedState(now.state(), now.timeouts() + 1);
            case REJECTED -> TrackedState.in(State.REFUSED);
            case LOST, UNAVAILABLE -> TrackedState.in(State.DOWN);
            case PROBE_PASSED,
                    PROBE_READ_ONLY,
                    PROBE_REFUSED,
                    PROBE_FAILED,
                    RECOVERED,
                    RECOVERY_FAILED,
                    WRITE_REFUSED -> now;
        };
    }
}
