package io.marketbrain.model;

/**
 * The circumstances of one request, apart from what is asked: who, how urgently, until when.
 *
 * @param mockWhenDown the caller accepts mock data, labelled, where a live provider is down
 * @param trace where layers note what they did; {@link Trace#NONE} where nobody asked
 */
public record Call(CallId id, Caller caller, Priority priority, Deadline deadline, boolean mockWhenDown, Trace trace) {

    /** A call that nobody wants explained. */
    public Call(CallId id, Caller caller, Priority priority, Deadline deadline, boolean mockWhenDown) {
        this(id, caller, priority, deadline, mockWhenDown, Trace.NONE);
    }

    /** The same call with another deadline. */
    public Call until(Deadline deadline) {
        return new Call(id, caller, priority, deadline, mockWhenDown, trace);
    }

    /** The same call, noted elsewhere. */
    public Call tracedBy(Trace trace) {
        return new Call(id, caller, priority, deadline, mockWhenDown, trace);
    }

    /** The same call at another priority. */
    public Call at(Priority priority) {
        return new Call(id, caller, priority, deadline, mockWhenDown, trace);
    }
}
