package io.marketbrain.provider.feed;

import java.io.IOException;

/** Learns where to connect, from providers that say so themselves. Blocks. */
@FunctionalInterface
public interface AddressFinder {
    /** The answer to {@link FeedAdapter#addressRequest}; empty if the adapter has none. */
    byte[] ask() throws IOException, InterruptedException;
}
