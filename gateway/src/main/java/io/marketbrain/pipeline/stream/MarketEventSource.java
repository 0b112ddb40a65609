package io.marketbrain.pipeline.stream;

import io.marketbrain.model.stream.Channel;

/**
 * A source of events: a provider's feed, or a layer around another source. Thread-safe. {@code toString} returns the source
 * and what it wraps.
 */
public interface MarketEventSource {

    /**
     * Starts delivering the events of a channel. Returns at once; connecting, and what fails later, are events. Events may
     * arrive before this method returns.
     *
     * @param sink gets the events of the channel one at a time, in order
     */
    Subscription subscribe(Channel channel, EventSink sink);

    /** A running delivery. */
    interface Subscription extends AutoCloseable {
        /** Ends the delivery; an event that is being delivered may still arrive. May be called more than once. */
        @Override
        void close();

        /**
         * Whether it notices by itself that the process did not run for a while, and delivers or announces what is missing then. Any
         * other is closed and replaced after such a pause.
         */
        default boolean survivesPauses() {
            return false;
        }
    }
}
