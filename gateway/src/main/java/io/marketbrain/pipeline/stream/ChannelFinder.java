package io.marketbrain.pipeline.stream;

import io.marketbrain.model.Outcome;
import io.marketbrain.model.stream.Channel;

/** Decides which channel a listener gets that asks for one. Thread-safe. */
@FunctionalInterface
public interface ChannelFinder {
    /**
     * The channel at the provider that serves it: {@code auto} is one of those that can. Fails as a request for the same data would:
     * with UnknownProvider or Unsupported.
     */
    Outcome<Channel> find(Channel wanted);
}
