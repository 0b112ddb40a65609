package io.marketbrain.alerts;

import java.time.Instant;

/** A line of the log of alerts. Immutable. */
public sealed interface AlertLogEntry {
    /** Greater than that of every earlier line, also after a restart: microseconds since 1970, at least. */
    long seq();

    Instant at();

    /** The id of the alert. */
    String alert();

    /**
     * An alert has fired.
     *
     * @param firing what is sent to its webhook
     */
    record Fired(long seq, Firing firing) implements AlertLogEntry {
        @Override
        public Instant at() {
            return firing.at();
        }

        @Override
        public String alert() {
            return firing.alert();
        }
    }

    /**
     * A delivery was tried.
     *
     * @param key of the firing
     * @param outcome {@code delivered}, {@code failed} if it will be tried again, {@code given_up}
     * @param attempts how often it has been tried
     * @param detail what happened, in words
     */
    record Tried(long seq, Instant at, String alert, String key, String outcome, int attempts, String detail)
            implements AlertLogEntry {}
}
