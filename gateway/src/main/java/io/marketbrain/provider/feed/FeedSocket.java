package io.marketbrain.provider.feed;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An open WebSocket to a provider. One thread receives and sends; {@link #wake} may be called by any. Messages wait in a
 * bounded queue, behind which the provider is made to wait.
 */
public interface FeedSocket extends AutoCloseable {

    /** A whole message: either {@code text} or {@code binary}. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Message(@Nullable String text, byte @Nullable [] binary) {}

    /** Opens sockets. Thread-safe. */
    @FunctionalInterface
    interface Dialer {
        /**
         * Connects, within a time limit.
         *
         * @throws IOException if there is no connection; its message names the reason, without credentials
         */
        FeedSocket open(String address, Duration within) throws IOException, InterruptedException;
    }

    /**
     * Waits for the next message; null if there is none in time, or after {@link #wake}.
     *
     * @throws IOException if the connection has ended
     */
    @Nullable
    Message receive(Duration within) throws IOException, InterruptedException;

    void send(String text) throws IOException, InterruptedException;

    /** Sends a ping, whose answer shows that the provider is there. */
    void ping() throws IOException, InterruptedException;

    /** How long nothing at all has arrived, not even a ping or its answer. */
    Duration silence();

    /** Lets {@link #receive} return. Never blocks. */
    void wake();

    @Override
    void close();
}
