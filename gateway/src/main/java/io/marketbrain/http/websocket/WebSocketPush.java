package io.marketbrain.http.websocket;

import java.time.Duration;
import java.util.List;

/**
 * One client of a WebSocket to which messages are sent whenever there are some. Needs no thread while there are none. The methods
 * are called one at a time.
 */
public interface WebSocketPush extends AutoCloseable {
    /** Creates what serves a client. Must not block. */
    @FunctionalInterface
    interface Opening {
        /**
         * What serves the client of a session.
         *
         * @param wake has {@link #poll} called soon; may be called from any thread, never blocks
         */
        WebSocketPush open(WebSocketSession session, Runnable wake);
    }

    /** The responses to a text of the client, each in UTF-8. May block. */
    List<byte[]> receive(String text);

    /**
     * The messages to be sent now, each in UTF-8; may be empty although there are more. Must not block.
     *
     * @param most how many messages, approximately
     */
    List<byte[]> poll(int most);

    /** How long after {@link #poll} it must be called again even if nothing wakes it. */
    Duration untilPoll();

    /** The WebSocket has ended. */
    @Override
    void close();
}
