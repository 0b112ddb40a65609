package io.marketbrain.stream;

import io.marketbrain.model.stream.Channel;
import io.marketbrain.model.stream.StreamEvent;
import org.jspecify.annotations.Nullable;

/** Renders an event once for all clients. Thread-safe. */
public interface EventRenderer {
    /**
     * The JSON object of an event in UTF-8 without its opening brace, so that each client's own members can precede it. Ends with the
     * closing brace, has no line breaks and at least one member.
     *
     * @param status what the source last said about itself; null if it has said nothing
     */
    byte[] render(Channel channel, StreamEvent event, StreamEvent.@Nullable Status status);

    /** The same for a {@code resync} event: what the client received before its reconnection is void. */
    byte[] resync(Channel channel);
}
