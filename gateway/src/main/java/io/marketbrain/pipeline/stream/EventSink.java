package io.marketbrain.pipeline.stream;

import io.marketbrain.model.stream.StreamEvent;

/** Receives the events of one channel, one at a time. Must return quickly and never throw: it runs on the feed's thread. */
@FunctionalInterface
public interface EventSink {
    void accept(StreamEvent event);

    /**
     * The source was heard of at a reading of the gateway's nano clock, so that what had happened well before has been sent. Not
     * called while something is missing.
     */
    default void heard(long nanos) {}
}
