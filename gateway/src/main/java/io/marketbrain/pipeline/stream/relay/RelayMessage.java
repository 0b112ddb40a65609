package io.marketbrain.pipeline.stream.relay;

import io.marketbrain.model.stream.StreamEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the holder of a feed tells the other gateways about one channel. Immutable. */
sealed interface RelayMessage {

    /** An event of the feed. */
    record Happened(StreamEvent event) implements RelayMessage {}

    /**
     * The state of a channel for the gateways that have asked for it; others ignore it.
     *
     * @param status what the feed last said about itself; null if nothing
     * @param snapshot null while there is no data
     */
    record Current(StreamEvent.@Nullable Status status, StreamEvent.@Nullable Snapshot snapshot)
            implements RelayMessage {}

    /**
     * The holder heard of the provider, so that what had happened well before has been sent.
     *
     * @param at by the holder's clock
     */
    record Heard(Instant at) implements RelayMessage {}

    /** The holder cannot relay the channel: each gateway must get it from the provider itself. */
    record Unavailable() implements RelayMessage {}
}
