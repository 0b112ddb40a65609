package io.marketbrain.pipeline.stream;

import io.marketbrain.model.stream.StreamEvent;

/** Receives the events of one channel, one at a time. Must return quickly and never throw: it runs on the feed's thread. */
@FunctionalInterface
public interface EventSink {
    void accept(StreamEvent event);
}
