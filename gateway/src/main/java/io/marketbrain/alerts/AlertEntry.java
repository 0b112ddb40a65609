package io.marketbrain.alerts;

import java.time.Instant;

/** What is written to the journal, in the order in which it happened. Immutable. */
public sealed interface AlertEntry {

    /** An alert was created or changed. */
    record Saved(Alert alert) implements AlertEntry {}

    /** An alert was deleted. */
    record Removed(String id) implements AlertEntry {}

    /**
     * An alert has fired.
     *
     * @param pending whether the firing has yet to be delivered to its webhook
     */
    record Fired(Firing firing, boolean pending) implements AlertEntry {}

    /**
     * A delivery has ended.
     *
     * @param alert the id of the alert
     * @param key of the firing
     * @param delivered whether the receiver has accepted it; otherwise the gateway has given up
     */
    record Ended(String alert, String key, boolean delivered, int attempts, Instant at, String detail)
            implements AlertEntry {}
}
