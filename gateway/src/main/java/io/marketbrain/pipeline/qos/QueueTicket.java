package io.marketbrain.pipeline.qos;

import io.marketbrain.model.Priority;
import java.util.concurrent.CountDownLatch;

/** One request in the queue or with a permit. Its state may only be accessed under the layer's lock. */
final class QueueTicket {
    /** The state of a request. */
    enum State {
        WAITING,
        RUNNING,
        /** Rejected on arrival or while it waited. */
        SHED,
        /** Finished, or left before it was admitted. */
        LEFT
    }

    final String caller;
    final boolean capped;
    final Priority priority;
    final long arrivedNanos;
    final CountDownLatch decided = new CountDownLatch(1);
    State state = State.WAITING;
    long grantedNanos;

    QueueTicket(String caller, boolean capped, Priority priority, long arrivedNanos) {
        this.caller = caller;
        this.capped = capped;
        this.priority = priority;
        this.arrivedNanos = arrivedNanos;
    }

    void run(long now) {
        grantedNanos = now;
        decide(State.RUNNING);
    }

    void decide(State to) {
        state = to;
        decided.countDown();
    }

    @Override
    public String toString() {
        return priority + " of " + caller + ": " + state;
    }
}
