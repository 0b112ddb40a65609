package io.marketbrain.pipeline.cache.redis;

import io.marketbrain.pipeline.cache.SharedTier.State;

/** Decides what becomes of the port's state when something happens. Pure. */
final class StatePolicy {
    /** Time-outs in a row that make a Redis that answers slowly one that is down. */
    static final int TIMEOUTS_TO_DOWN = 3;

    private StatePolicy() {}

    /** What can happen. */
    enum Event {
        /** A probe wrote, read and deleted. */
        PROBE_PASSED,
        /** A probe was answered, but may not write. */
        PROBE_READ_ONLY,
        /** A probe was told that we are not wanted. */
        PROBE_REFUSED,
        /** A probe was not answered. */
        PROBE_FAILED,
        /** What changed while we were away has been brought up to date. */
        RECOVERED,
        RECOVERY_FAILED,
        /** An operation was answered. */
        ANSWERED,
        /** An operation was not answered in time. */
        TIMED_OUT,
        /** A connection broke. */
        LOST,
        /** Redis said that it cannot serve now: loading, busy, without a master. */
        NOT_NOW,
        /** Redis said that it takes no writes. */
        WRITE_REFUSED,
        /** Redis said that we are not wanted, or does not speak its protocol. */
        REJECTED
    }

    /**
     * A state with what it remembers.
     *
     * @param timeouts how many operations in a row were not answered in time
     */
    record Standing(State state, int timeouts) {
        static Standing in(State state) {
            return new Standing(state, 0);
        }
    }

    static Standing after(Standing now, Event event) {
        return switch (now.state()) {
            case OFF -> now;
            case CONNECTING, DOWN, REFUSED -> probed(now, event);
            case RECOVERING ->
                switch (event) {
                    case RECOVERED -> Standing.in(State.UP);
                    case RECOVERY_FAILED, LOST, NOT_NOW -> Standing.in(State.DOWN);
                    case WRITE_REFUSED -> Standing.in(State.READ_ONLY);
                    case REJECTED -> Standing.in(State.REFUSED);
                    case PROBE_PASSED, PROBE_READ_ONLY, PROBE_REFUSED, PROBE_FAILED, ANSWERED, TIMED_OUT -> now;
                };
            case UP ->
                switch (event) {
                    case WRITE_REFUSED -> Standing.in(State.READ_ONLY);
                    case PROBE_PASSED, PROBE_READ_ONLY, PROBE_REFUSED, PROBE_FAILED, RECOVERED, RECOVERY_FAILED -> now;
                    case ANSWERED, TIMED_OUT, LOST, NOT_NOW, REJECTED -> served(now, event);
                };
            case READ_ONLY ->
                switch (event) {
                    case PROBE_PASSED, PROBE_READ_ONLY, PROBE_REFUSED, PROBE_FAILED -> probed(now, event);
                    case WRITE_REFUSED, RECOVERED, RECOVERY_FAILED -> now;
                    case ANSWERED, TIMED_OUT, LOST, NOT_NOW, REJECTED -> served(now, event);
                };
        };
    }

    private static Standing probed(Standing now, Event event) {
        return switch (event) {
            case PROBE_PASSED -> Standing.in(State.RECOVERING);
            case PROBE_READ_ONLY -> now.state() == State.READ_ONLY ? now : Standing.in(State.READ_ONLY);
            case PROBE_REFUSED -> Standing.in(State.REFUSED);
            case PROBE_FAILED -> Standing.in(State.DOWN);
            case RECOVERED, RECOVERY_FAILED, ANSWERED, TIMED_OUT, LOST, NOT_NOW, WRITE_REFUSED, REJECTED -> now;
        };
    }

    private static Standing served(Standing now, Event event) {
        return switch (event) {
            case ANSWERED -> now.timeouts() == 0 ? now : Standing.in(now.state());
            case TIMED_OUT ->
                now.timeouts() + 1 >= TIMEOUTS_TO_DOWN
                        ? Standing.in(State.DOWN)
                        : new Standing(now.state(), now.timeouts() + 1);
            case REJECTED -> Standing.in(State.REFUSED);
            case LOST, NOT_NOW -> Standing.in(State.DOWN);
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
