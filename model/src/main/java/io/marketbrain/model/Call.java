package io.marketbrain.model;

/**
 * The context of one request apart from the query itself: caller, priority and deadline.
 *
 * @param mockWhenDown whether the caller accepts mock data, labelled as such, while a live provider is down
 * @param trace where layers record their decisions; {@link Trace#NONE} unless the request asked for an explanation
 * @param untrustedAllowed whether the caller accepts data that cannot be right, flagged, where there is no other
 */
public record Call(
        CallId id,
        Caller caller,
        Priority priority,
        Deadline deadline,
        boolean mockWhenDown,
        Trace trace,
        boolean untrustedAllowed) {

    /** A call that does not accept untrusted data. */
    public Call(CallId id, Caller caller, Priority priority, Deadline deadline, boolean mockWhenDown, Trace trace) {
        this(id, caller, priority, deadline, mockWhenDown, trace, false);
    }

    /** A call without a trace. */
    public Call(CallId id, Caller caller, Priority priority, Deadline deadline, boolean mockWhenDown) {
        this(id, caller, priority, deadline, mockWhenDown, Trace.NONE);
    }

    /** The same call with another deadline. */
    public Call until(Deadline deadline) {
        return new Call(id, caller, priority, deadline, mockWhenDown, trace, untrustedAllowed);
    }

    /** The same call with another trace. */
    public Call tracedBy(Trace trace) {
        return new Call(id, caller, priority, deadline, mockWhenDown, trace, untrustedAllowed);
    }

    /** The same call with another priority. */
    public Call at(Priority priority) {
        return new Call(id, caller, priority, deadline, mockWhenDown, trace, untrustedAllowed);
    }

    /** The same call, which accepts untrusted data. */
    public Call allowingUntrusted() {
        return new Call(id, caller, priority, deadline, mockWhenDown, trace, true);
    }
}
